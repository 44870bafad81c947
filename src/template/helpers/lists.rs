//! Helpers about what is there: `has`, `list`, `default`.

use serde_json::{Value, json};

use super::{Call, is_full};
use crate::template::faults::Fault;

/// `(has "key")` and `(has "key" object)`; a key may be a path such as `brand.name`.
pub(super) fn has(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    let key = call.text(0)?;
    let found = match call.helper.param(1) {
        Some(object) => key.split('.').try_fold(object.value(), |value, key| value.get(key)).cloned(),
        None => (call.lookup)(&key),
    };
    Ok(json!(found.as_ref().is_some_and(is_full)))
}

/// `(list value)`.
pub(super) fn list(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    Ok(match call.param(0)? {
        Value::Null => json!([]),
        Value::Array(items) => Value::Array(items.clone()),
        other => json!([other]),
    })
}

/// `{{default value "other"}}`.
pub(super) fn default(call: &Call<'_, '_, '_>) -> Result<Value, Fault> {
    match call.helper.param(0) {
        Some(param) if !param.is_value_missing() && is_full(param.value()) => Ok(param.value().clone()),
        Some(_) => call.param(1).cloned(),
        None => call.param(0).cloned(),
    }
}
