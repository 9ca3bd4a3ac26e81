//! Scores a partitioned data set by SQL, on one machine or on many.

use std::io::{self, BufWriter, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use digital_maturity::Questionnaire;
use distributed::cluster::{self, Executor};
use distributed::{data, query};
use log::{LevelFilter, Log, Metadata, Record};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Score a partitioned data set by SQL, on one machine or on many.
#[derive(Parser)]
#[command(name = "distributed")]
struct Program {
    #[command(subcommand)]
    task: Task,

    /// What to tell on stderr: off, error, warn, info, debug
    #[arg(long, global = true, default_value = "off", value_parser = level)]
    log: LevelFilter,
}

#[derive(Subcommand)]
enum Task {
    /// Make up a data set
    Generate {
        #[command(flatten)]
        asked: Asked,

        /// How many respondents
        #[arg(long)]
        rows: u64,

        /// How many files
        #[arg(long, default_value_t = 8)]
        partitions: u32,

        /// The folder to make
        folder: PathBuf,
    },
    /// Ask this machine
    Run {
        #[command(flatten)]
        query: Query,
    },
    /// Ask the executors of a scheduler
    Submit {
        #[command(flatten)]
        query: Query,

        /// The scheduler, as host:port
        #[arg(long)]
        scheduler: String,
    },
    /// Hand out the parts of queries to executors
    Scheduler {
        /// Where to listen; port 0 is any that is free
        #[arg(long, default_value = "127.0.0.1:50050")]
        listen: SocketAddr,
    },
    /// Work on parts of queries
    Executor {
        /// The scheduler, as host:port
        #[arg(long)]
        scheduler: String,

        /// Where others fetch what was worked out; port 0 is any that is free
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,

        /// How many partitions to work on at a time
        #[arg(long, default_value_t = 1)]
        cores: usize,

        /// Where to keep what was worked out
        #[arg(long)]
        folder: PathBuf,
    },
}

#[derive(Args)]
struct Asked {
    /// The questionnaire, a JSON file; without it, the built-in dcx
    #[arg(long, value_name = "FILE")]
    questionnaire: Option<PathBuf>,
}

#[derive(Args)]
struct Query {
    #[command(flatten)]
    asked: Asked,

    /// The folder with the Parquet files
    folder: PathBuf,

    /// A summary for each value of that column
    #[arg(long, value_name = "COLUMN")]
    group_by: Option<String>,

    /// Another query; {answers} in it stands for the struct of all answers
    #[arg(long, conflicts_with = "group_by")]
    sql: Option<String>,

    /// Into how many parts the work is divided
    #[arg(long)]
    partitions: Option<usize>,
}

fn level(text: &str) -> Result<LevelFilter, String> {
    text.parse().map_err(|_| "off, error, warn, info or debug".to_owned())
}

#[tokio::main]
async fn main() -> ExitCode {
    let program = Program::parse();
    log::set_max_level(program.log);
    if log::set_logger(&Stderr).is_err() {
        return ExitCode::FAILURE;
    }
    match program.task.run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "error: {failure}");
            ExitCode::FAILURE
        }
    }
}

impl Task {
    async fn run(self) -> Result<(), Failure> {
        match self {
            Self::Generate { asked, rows, partitions, folder } => {
                Ok(data::generate(&asked.questionnaire()?, rows, partitions, &folder)?)
            }
            Self::Run { query } => {
                let session = query::one_machine(query.partitions);
                query.ask(&session).await
            }
            Self::Submit { query, scheduler } => {
                let session = cluster::session(&scheduler, query.partitions).await?;
                query.ask(&session).await
            }
            Self::Scheduler { listen } => {
                let listener = tokio::net::TcpListener::bind(listen).await?;
                let mut out = io::stdout();
                writeln!(out, "{}", listener.local_addr()?)?;
                out.flush()?;
                Ok(cluster::scheduler(listener).await?)
            }
            Self::Executor { scheduler, listen, cores, folder } => {
                let (scheduler, port) = scheduler.rsplit_once(':').ok_or("host:port is needed")?;
                let executor = Executor {
                    scheduler: scheduler.to_owned(),
                    scheduler_port: port.parse()?,
                    address: listen.ip(),
                    port: listen.port(),
                    cores,
                    folder,
                };
                Ok(cluster::executor(executor).await?)
            }
        }
    }
}

impl Asked {
    fn questionnaire(&self) -> Result<Questionnaire, Failure> {
        let read = |file: &Path| -> Result<_, Failure> {
            Ok(Questionnaire::from_json(&std::fs::read_to_string(file)?)?)
        };
        self.questionnaire.as_deref().map_or_else(|| Ok(Questionnaire::dcx().clone()), read)
    }
}

impl Query {
    async fn ask(&self, session: &datafusion::prelude::SessionContext) -> Result<(), Failure> {
        let questionnaire = self.asked.questionnaire()?;
        // A folder, and the same one for every process, wherever it was started.
        let folder = self.folder.canonicalize()?;
        query::register(session, &questionnaire, &folder).await?;
        let sql = self.sql.clone().unwrap_or_else(|| query::summaries(self.group_by.as_deref()));
        let mut out = BufWriter::new(io::stdout());
        query::ask(session, &questionnaire, &sql, &mut out).await?;
        Ok(out.flush()?)
    }
}

/// Every record on a line of stderr.
struct Stderr;

impl Log for Stderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= log::max_level()
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let _ =
                writeln!(io::stderr(), "{} {}: {}", record.level(), record.target(), record.args());
        }
    }

    fn flush(&self) {}
}
