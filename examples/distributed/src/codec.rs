//! How the functions travel in a plan: each with its whole questionnaire.
//!
//! A plan names its functions, and a process that reads it would look the name up among its own. If
//! that process had been started with another questionnaire, it would give other figures without a
//! word. So no process but the one that asks has a questionnaire of its own: the plan holds the
//! document, and its fingerprint, against which the reader checks what it has read. That also tells
//! a reader whose release of the library reads the same document otherwise.

use std::any::Any;
use std::sync::Arc;

use ballista_core::serde::{BallistaLogicalExtensionCodec, BallistaPhysicalExtensionCodec};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::TableProvider;
use datafusion::common::{Result, TableReference, exec_datafusion_err, exec_err, not_impl_err};
use datafusion::datasource::file_format::FileFormatFactory;
use datafusion::execution::TaskContext;
use datafusion::logical_expr::{AggregateUDF, Extension, LogicalPlan, ScalarUDF};
use datafusion::physical_plan::ExecutionPlan;
use datafusion_proto::logical_plan::LogicalExtensionCodec;
use datafusion_proto::physical_plan::{PhysicalExtensionCodec, PhysicalProtoConverterExtension};
use digital_maturity::Questionnaire;

use crate::answers::external;
use crate::maturity::Maturity;
use crate::summary::MaturitySummary;

/// Writes the questionnaire behind its fingerprint.
///
/// # Errors
///
/// If it cannot be written as JSON.
pub fn encode(questionnaire: &Questionnaire, bytes: &mut Vec<u8>) -> Result<()> {
    bytes.extend(questionnaire.fingerprint().to_string().bytes());
    bytes.push(b'\n');
    serde_json::to_writer(bytes, questionnaire).map_err(external)
}

/// Reads a questionnaire that [`encode`] has written.
///
/// # Errors
///
/// If it is none, or does not score as it did for the writer.
pub fn decode(bytes: &[u8]) -> Result<Questionnaire> {
    let text = std::str::from_utf8(bytes).map_err(external)?;
    let (fingerprint, document) = text
        .split_once('\n')
        .ok_or_else(|| exec_datafusion_err!("the plan holds no questionnaire"))?;
    let questionnaire = Questionnaire::from_json(document).map_err(external)?;
    let found = questionnaire.fingerprint().to_string();
    if found != fingerprint {
        return exec_err!("the questionnaire was sent as {fingerprint}, and read here as {found}");
    }
    Ok(questionnaire)
}

fn encode_function(function: &ScalarUDF, bytes: &mut Vec<u8>) -> Result<()> {
    let function: &dyn Any = function.inner().as_ref();
    function.downcast_ref().map_or(Ok(()), |ours: &Maturity| encode(ours.questionnaire(), bytes))
}

fn encode_aggregate(aggregate: &AggregateUDF, bytes: &mut Vec<u8>) -> Result<()> {
    let aggregate: &dyn Any = aggregate.inner().as_ref();
    let ours = aggregate.downcast_ref();
    ours.map_or(Ok(()), |ours: &MaturitySummary| encode(ours.questionnaire(), bytes))
}

fn decode_function(name: &str, bytes: &[u8]) -> Result<Arc<ScalarUDF>> {
    if name != Maturity::NAME {
        return not_impl_err!("there is no function {name} here");
    }
    Ok(Arc::new(Maturity::new(&decode(bytes)?).into()))
}

fn decode_aggregate(name: &str, bytes: &[u8]) -> Result<Arc<AggregateUDF>> {
    if name != MaturitySummary::NAME {
        return not_impl_err!("there is no aggregate {name} here");
    }
    Ok(Arc::new(MaturitySummary::new(&decode(bytes)?).into()))
}

/// How a plan travels from the one who asks to the scheduler. All but our functions is left to the
/// scheduler's own codec.
#[derive(Debug, Default)]
pub struct LogicalCodec(BallistaLogicalExtensionCodec);

impl LogicalExtensionCodec for LogicalCodec {
    fn try_decode(
        &self,
        bytes: &[u8],
        inputs: &[LogicalPlan],
        context: &TaskContext,
    ) -> Result<Extension> {
        self.0.try_decode(bytes, inputs, context)
    }

    fn try_encode(&self, node: &Extension, bytes: &mut Vec<u8>) -> Result<()> {
        self.0.try_encode(node, bytes)
    }

    fn try_decode_table_provider(
        &self,
        bytes: &[u8],
        table: &TableReference,
        schema: SchemaRef,
        context: &TaskContext,
    ) -> Result<Arc<dyn TableProvider>> {
        self.0.try_decode_table_provider(bytes, table, schema, context)
    }

    fn try_encode_table_provider(
        &self,
        table: &TableReference,
        provider: Arc<dyn TableProvider>,
        bytes: &mut Vec<u8>,
    ) -> Result<()> {
        self.0.try_encode_table_provider(table, provider, bytes)
    }

    fn try_decode_file_format(
        &self,
        bytes: &[u8],
        context: &TaskContext,
    ) -> Result<Arc<dyn FileFormatFactory>> {
        self.0.try_decode_file_format(bytes, context)
    }

    fn try_encode_file_format(
        &self,
        bytes: &mut Vec<u8>,
        format: Arc<dyn FileFormatFactory>,
    ) -> Result<()> {
        self.0.try_encode_file_format(bytes, format)
    }

    fn try_encode_udf(&self, function: &ScalarUDF, bytes: &mut Vec<u8>) -> Result<()> {
        encode_function(function, bytes)
    }

    fn try_decode_udf(&self, name: &str, bytes: &[u8]) -> Result<Arc<ScalarUDF>> {
        decode_function(name, bytes)
    }

    fn try_encode_udaf(&self, aggregate: &AggregateUDF, bytes: &mut Vec<u8>) -> Result<()> {
        encode_aggregate(aggregate, bytes)
    }

    fn try_decode_udaf(&self, name: &str, bytes: &[u8]) -> Result<Arc<AggregateUDF>> {
        decode_aggregate(name, bytes)
    }
}

/// How a plan travels from the scheduler to executors. All but our functions is left to the
/// scheduler's own codec.
#[derive(Debug, Default)]
pub struct PhysicalCodec(BallistaPhysicalExtensionCodec);

impl PhysicalExtensionCodec for PhysicalCodec {
    fn try_decode(
        &self,
        bytes: &[u8],
        inputs: &[Arc<dyn ExecutionPlan>],
        context: &TaskContext,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.0.try_decode(bytes, inputs, context, converter)
    }

    fn try_encode(
        &self,
        node: Arc<dyn ExecutionPlan>,
        bytes: &mut Vec<u8>,
        converter: &dyn PhysicalProtoConverterExtension,
    ) -> Result<()> {
        self.0.try_encode(node, bytes, converter)
    }

    fn try_encode_udf(&self, function: &ScalarUDF, bytes: &mut Vec<u8>) -> Result<()> {
        encode_function(function, bytes)
    }

    fn try_decode_udf(&self, name: &str, bytes: &[u8]) -> Result<Arc<ScalarUDF>> {
        decode_function(name, bytes)
    }

    fn try_encode_udaf(&self, aggregate: &AggregateUDF, bytes: &mut Vec<u8>) -> Result<()> {
        encode_aggregate(aggregate, bytes)
    }

    fn try_decode_udaf(&self, name: &str, bytes: &[u8]) -> Result<Arc<AggregateUDF>> {
        decode_aggregate(name, bytes)
    }
}
