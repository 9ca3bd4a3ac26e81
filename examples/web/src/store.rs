//! What is kept: the documents of questionnaires, answers, and results, as the crate writes them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use digital_maturity::{AnswerSheet, Date, Questionnaire, Record};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::fault::Fault;

const TABLES: &str = "
    PRAGMA foreign_keys = ON;
    CREATE TABLE IF NOT EXISTS questionnaires (
        key TEXT PRIMARY KEY, origin TEXT NOT NULL, document TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS results (
        number INTEGER PRIMARY KEY, questionnaire TEXT NOT NULL REFERENCES questionnaires,
        respondent TEXT, answers TEXT NOT NULL, result TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS by_respondent ON results (questionnaire, respondent, number);";

pub struct Store(Mutex<Connection>);

/// A questionnaire with its key in addresses.
pub struct Kept {
    pub key: String,
    /// `builtin`, `own` or `uploaded`.
    pub origin: String,
    pub questionnaire: Questionnaire,
}

/// A result as it is stored: of that questionnaire, these answers.
pub struct Stored {
    pub number: i64,
    pub questionnaire: String,
    pub answers: String,
    pub result: String,
}

impl Stored {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (number, questionnaire) = (row.get(0)?, row.get(1)?);
        Ok(Self { number, questionnaire, answers: row.get(2)?, result: row.get(3)? })
    }

    /// The result, if it can still be read.
    pub fn record(&self) -> Option<Record> {
        let read = Record::from_json(&self.result);
        read.inspect_err(|errors| eprintln!("result {}: {errors}", self.number)).ok()
    }
}

impl Store {
    /// In that file, or in memory, with the questionnaires that the application comes with.
    pub fn open(path: Option<&str>) -> Result<Self, Fault> {
        let connection = path.map_or_else(Connection::open_in_memory, Connection::open)?;
        connection.execute_batch(TABLES)?;
        let store = Self(Mutex::new(connection));
        let own = Questionnaire::from_json(include_str!("../questionnaire.json"))?;
        store.keep("builtin", Questionnaire::dcx_pulse())?;
        store.keep("builtin", Questionnaire::dcx())?;
        store.keep("own", &own)?;
        Ok(store)
    }

    /// Held for a statement or two; reading documents, outlooks and roadmaps go on without it.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a questionnaire under its key, which follows from its document.
    pub fn keep(&self, origin: &str, questionnaire: &Questionnaire) -> Result<String, Fault> {
        let document = serde_json::to_string(questionnaire)?;
        let key = crate::assets::hash(document.as_bytes());
        let sql = "INSERT OR IGNORE INTO questionnaires VALUES (?, ?, ?)";
        self.connection().execute(sql, params![key, origin, document])?;
        Ok(key)
    }

    pub fn questionnaires(&self) -> Result<Vec<Kept>, Fault> {
        self.kept("SELECT * FROM questionnaires ORDER BY rowid", &[])
    }

    pub fn questionnaire(&self, key: &str) -> Result<Questionnaire, Fault> {
        let found = self.kept("SELECT * FROM questionnaires WHERE key = ?", &[key])?;
        Ok(found.into_iter().next().ok_or(Fault::missing())?.questionnaire)
    }

    fn kept(&self, sql: &str, wanted: &[&str]) -> Result<Vec<Kept>, Fault> {
        let rows: Vec<(String, String, String)> = {
            let connection = self.connection();
            let mut statement = connection.prepare_cached(sql)?;
            let wanted = rusqlite::params_from_iter(wanted);
            let rows =
                statement.query_map(wanted, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect::<Result<_, _>>()?
        };
        let read = |(key, origin, document): (String, String, String)| {
            Ok(Kept { key, origin, questionnaire: Questionnaire::from_json(&document)? })
        };
        rows.into_iter().map(read).collect()
    }

    /// Stores answers with their result. Those without a day get today's, and a place in the order of
    /// that day.
    pub fn put(&self, key: &str, sheet: &mut AnswerSheet) -> Result<i64, Fault> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let sql = "SELECT coalesce(max(number), 0) + 1, date('now') FROM results";
        let (number, today): (i64, String) =
            transaction.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if sheet.taken().is_none() {
            sheet.set_taken(today.parse::<Date>().map_err(Fault::internal)?);
        }
        if sheet.sequence().is_none() {
            sheet.set_sequence(number).map_err(Fault::internal)?;
        }
        let (answers, result) =
            (serde_json::to_string(sheet)?, serde_json::to_string(&sheet.assess())?);
        let sql = "INSERT INTO results VALUES (?, ?, ?, ?, ?)";
        transaction.execute(sql, params![number, key, sheet.respondent(), answers, result])?;
        transaction.commit()?;
        Ok(number)
    }

    pub fn result(&self, number: i64) -> Result<Stored, Fault> {
        let sql = "SELECT number, questionnaire, answers, result FROM results WHERE number = ?";
        let found = self.connection().query_row(sql, [number], Stored::of).optional()?;
        found.ok_or(Fault::missing())
    }

    /// The latest results of a questionnaire, the last one first: of one respondent, or of all.
    pub fn results(&self, key: &str, respondent: Option<&str>) -> Result<Vec<Stored>, Fault> {
        let sql = "SELECT number, questionnaire, answers, result FROM results
            WHERE questionnaire = ?1 AND (?2 IS NULL OR respondent = ?2) ORDER BY number DESC LIMIT 200";
        let connection = self.connection();
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![key, respondent], Stored::of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
