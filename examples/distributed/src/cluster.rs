//! The same queries on many machines: one scheduler, any number of executors.
//!
//! None of these processes knows a questionnaire: each plan brings its own, see [`crate::codec`].
//! All of them must see the data set under the same name, on a shared file system.

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::error::{BallistaError, Result};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use datafusion::execution::SessionStateBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};

use crate::codec::{LogicalCodec, PhysicalCodec};

/// The largest message, in bytes. The counts of one group travel in one, and the usual 16 MB may be
/// too small for them.
const LARGEST_MESSAGE: u32 = 1 << 30;

/// After so many seconds without a word from an executor it is taken for dead. One that is busy
/// says a word every five.
const SILENCE: u64 = 15;

/// Runs the scheduler for ever.
///
/// # Errors
///
/// If it cannot start.
pub async fn scheduler(listener: tokio::net::TcpListener) -> Result<()> {
    let address = listener.local_addr()?;
    let config = SchedulerConfig {
        bind_host: address.ip().to_string(),
        external_host: address.ip().to_string(),
        bind_port: address.port(),
        scheduling_policy: TaskSchedulingPolicy::PullStaged,
        executor_timeout_seconds: SILENCE,
        no_executors_grace_period_seconds: SILENCE,
        expire_dead_executor_interval_seconds: 1,
        grpc_server_max_decoding_message_size: LARGEST_MESSAGE,
        grpc_server_max_encoding_message_size: LARGEST_MESSAGE,
        grpc_client_max_message_size: LARGEST_MESSAGE,
        override_logical_codec: Some(Arc::new(LogicalCodec::default())),
        override_physical_codec: Some(Arc::new(PhysicalCodec::default())),
        ..SchedulerConfig::default()
    };
    config.validate()?;
    let cluster = BallistaCluster::new_from_config(&config).await?;
    let scheduler =
        create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config)).await?;
    start_grpc_service_with_listener(listener, scheduler).await
}

/// What an executor has to know.
#[derive(Clone, Debug)]
pub struct Executor {
    /// The name or address of the scheduler.
    pub scheduler: String,
    /// The port of the scheduler.
    pub scheduler_port: u16,
    /// The address under which others fetch what it has worked out.
    pub address: IpAddr,
    /// The port of that address; 0 for any that is free.
    pub port: u16,
    /// How many partitions it works on at a time.
    pub cores: usize,
    /// Where it keeps what it has worked out.
    pub folder: PathBuf,
}

/// Runs an executor until it is told to stop.
///
/// # Errors
///
/// If it cannot start, or does not reach the scheduler.
pub async fn executor(executor: Executor) -> Result<()> {
    std::fs::create_dir_all(&executor.folder)?;
    let port = match executor.port {
        0 => free_port(executor.address)?,
        port => port,
    };
    let folder = executor.folder.to_str();
    let folder = folder.ok_or_else(|| BallistaError::General("the folder is no text".into()))?;
    let config = ExecutorProcessConfig {
        bind_host: executor.address.to_string(),
        external_host: Some(executor.address.to_string()),
        port,
        scheduler_host: executor.scheduler,
        scheduler_port: executor.scheduler_port,
        scheduler_connect_timeout_seconds: 10,
        vcores: executor.cores,
        task_scheduling_policy: TaskSchedulingPolicy::PullStaged,
        work_dir: Some(folder.to_owned()),
        grpc_max_decoding_message_size: LARGEST_MESSAGE,
        grpc_max_encoding_message_size: LARGEST_MESSAGE,
        override_logical_codec: Some(Arc::new(LogicalCodec::default())),
        override_physical_codec: Some(Arc::new(PhysicalCodec::default())),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await
}

/// A port that nobody listens at. Another process may take it first; the executor then says so.
fn free_port(address: IpAddr) -> Result<u16> {
    let listener = TcpListener::bind(SocketAddr::new(address, 0))?;
    Ok(listener.local_addr()?.port())
}

/// A session whose queries are carried out by the executors of that scheduler, given as
/// `host:port`.
///
/// # Errors
///
/// If that is no address.
pub async fn session(
    scheduler: &str,
    partitions: Option<usize>,
) -> datafusion::common::Result<SessionContext> {
    let config = SessionConfig::new_with_ballista()
        .with_ballista_logical_extension_codec(Arc::new(LogicalCodec::default()))
        .with_ballista_physical_extension_codec(Arc::new(PhysicalCodec::default()))
        // With it, an executor that is lost once others read from it leaves the query waiting for
        // ever in this release (55.0.0); without it, what is lost is worked out again.
        .with_ballista_adaptive_query_planner(false)
        .with_ballista_grpc_client_max_message_size(usize::try_from(LARGEST_MESSAGE).unwrap_or(0))
        // Executors on one machine then exchange what they have worked out as those on many do.
        .with_ballista_shuffle_reader_force_remote_read(true)
        .with_ballista_shuffle_reader_remote_prefer_flight(true);
    let config = match partitions {
        Some(partitions) => config.with_target_partitions(partitions),
        None => config,
    };
    let state = SessionStateBuilder::new().with_default_features().with_config(config).build();
    SessionContext::remote_with_state(&format!("df://{scheduler}"), state).await
}
