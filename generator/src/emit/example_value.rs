//! Values of the document as Rust expressions.

use super::Context;
use crate::model::{Field, Kind, NumberWidth, Type, UnionVariant, unraw};
use serde_json::Value;

/// The conversions that apply where an expression stands.
#[derive(Clone, Copy, PartialEq)]
pub enum Position {
    /// The argument of a method or a setter, which takes anything that it can convert.
    Argument,
    /// The argument of `new`, which converts strings and times.
    Constructor,
    /// An item or an entry: nothing is converted.
    Exact,
}

/// Writes values as Rust expressions.
pub struct ValueWriter<'c> {
    context: &'c Context<'c>,
    /// The statements before the expressions. They declare the variables of the expressions.
    statements: Vec<String>,
    variables: Vec<String>,
}

impl<'c> ValueWriter<'c> {
    pub fn new(context: &'c Context<'c>) -> Self {
        Self {
            context,
            statements: Vec::new(),
            variables: vec![context.api.client_variable.clone()],
        }
    }

    /// Returns the context with the samples.
    pub fn context(&self) -> &'c Context<'c> {
        self.context
    }

    /// Returns the statements that the expressions need before them.
    pub fn into_statements(self) -> Vec<String> {
        self.statements
    }

    /// Returns a Rust expression of a type for a value of the document. Returns `None` if the value
    /// does not fit the type. `name` is the name of a variable, if the expression needs one.
    pub fn expression(
        &mut self,
        ty: &Type,
        value: &Value,
        position: Position,
        name: &str,
    ) -> Option<String> {
        let before = self.statements.len();
        let expression = self.expression_of_type(ty, value, position, name);
        if expression.is_none() {
            self.statements.truncate(before);
        }
        expression
    }

    fn expression_of_type(
        &mut self,
        ty: &Type,
        value: &Value,
        position: Position,
        name: &str,
    ) -> Option<String> {
        match ty {
            Type::Base64 => Some(match position {
                Position::Argument | Position::Constructor => "vec![1, 2, 3]".to_owned(),
                Position::Exact => "vec![1, 2, 3].into()".to_owned(),
            }),
            Type::String | Type::Formatted(_) | Type::Timestamp | Type::Date | Type::Time => {
                let literal = format!("{:?}", value.as_str()?);
                Some(match position {
                    Position::Exact => format!("{literal}.into()"),
                    Position::Argument | Position::Constructor => literal,
                })
            }
            Type::Boolean => value.as_bool().map(|value| value.to_string()),
            Type::Integer(_) => integer(value),
            Type::Number(width) => {
                let number = value.as_f64()?;
                // The argument is an `f32` without conversion, so an integer literal does not
                // compile.
                let converts = position == Position::Argument && *width == NumberWidth::F64;
                Some(match converts && is_small_integer(number) {
                    true => format!("{number:.0}"),
                    false => format!("{number:?}"),
                })
            }
            Type::Json if self.context.samples.is_complete() => {
                Some(format!("serde_json::json!({value})"))
            }
            Type::Json => Some("Default::default()".to_owned()),
            Type::Bytes => Some("vec![1, 2, 3].into()".to_owned()),
            // The document may allow a single value in place of an argument that is a list.
            Type::Array(item) if position == Position::Argument => {
                self.list_argument(item, list_or_one(value), name)
            }
            Type::Array(item) => {
                let items = self.items(item, value.as_array()?, Position::Exact, name)?;
                Some(format!("vec![{items}]"))
            }
            Type::OneOrMany(_) => {
                let list = self.field(ty, value, Position::Exact, name)?;
                Some(format!("{list}.into()"))
            }
            Type::Map(item) => self.map(item, value, name),
            Type::Nullable(inner) => match value {
                Value::Null => Some("None".to_owned()),
                _ => {
                    let inner = self.expression(inner, value, Position::Exact, name)?;
                    Some(format!("Some({inner})"))
                }
            },
            Type::Boxed(inner) => {
                let inner = self.expression(inner, value, Position::Exact, name)?;
                Some(format!("Box::new({inner})"))
            }
            Type::Named(ty) => self.named(ty, value, position, name),
        }
    }

    /// Returns an argument that is a list: an array of anything that converts to the items.
    fn list_argument(&mut self, item: &Type, values: &[Value], name: &str) -> Option<String> {
        let position = match item {
            // All items of an array have one type, and are not converted if they are lists.
            Type::Number(_) | Type::Array(_) | Type::Base64 => Position::Exact,
            _ => Position::Argument,
        };
        let items = self.items(item, values, position, name)?;
        // The compiler does not know the type of no items.
        (!items.is_empty()).then(|| format!("[{items}]"))
    }

    fn items(
        &mut self,
        item: &Type,
        values: &[Value],
        position: Position,
        name: &str,
    ) -> Option<String> {
        let items = values.iter();
        let items = items.map(|value| self.expression(item, value, position, name));
        Some(items.collect::<Option<Vec<_>>>()?.join(", "))
    }

    /// Returns the value of a field. A list that can be a single value is a plain list there.
    fn field(
        &mut self,
        ty: &Type,
        value: &Value,
        position: Position,
        name: &str,
    ) -> Option<String> {
        let Type::OneOrMany(item) = ty else {
            return self.expression(ty, value, position, name);
        };
        let items = self.items(item, list_or_one(value), Position::Exact, name)?;
        Some(format!("vec![{items}]"))
    }

    fn map(&mut self, item: &Type, value: &Value, name: &str) -> Option<String> {
        let entries = value.as_object()?.iter();
        let entries: Option<Vec<_>> = entries
            .map(|(key, value)| {
                let value = self.expression(item, value, Position::Exact, name)?;
                Some(format!("({key:?}.into(), {value})"))
            })
            .collect();
        Some(match entries?.as_slice() {
            [] => "Default::default()".to_owned(),
            entries => format!("[{}].into()", entries.join(", ")),
        })
    }

    fn named(&mut self, ty: &str, value: &Value, position: Position, name: &str) -> Option<String> {
        let path = format!("{}::models::{ty}", self.context.api.crate_name);
        match &self.context.definition(ty)?.kind {
            Kind::Enum { values, .. } => {
                let wire = match value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                // The value may come from a schema beside the enum, which allows other values.
                let known = values.iter().find(|known| known.wire == wire);
                let known = known.or(values.first())?;
                Some(format!("{path}::{}", known.rust))
            }
            Kind::Struct { fields, additional } => {
                let new = self.new_structure(&path, fields, value)?;
                match self.context.samples.is_complete() {
                    true => self.complete(new, fields, additional.as_ref(), value),
                    false => self.with_options(new, fields, value, name),
                }
            }
            Kind::Union { tagging, variants } => {
                let property = tagging.property();
                let tag = property.and_then(|property| value.get(property));
                let tag = tag.and_then(Value::as_str).unwrap_or_default();
                let selected = variants
                    .iter()
                    .filter(|one| one.tags.iter().any(|own| own == tag));
                let mut candidates = selected.chain(variants);
                candidates.find_map(|variant| {
                    let tagged = property.and_then(|property| tagged(variant, property, value));
                    self.variant(&path, variant, tagged.as_ref().unwrap_or(value), name)
                })
            }
            // An argument that has a named type is not converted.
            Kind::Alias(ty @ Type::Array(_)) => self.expression(ty, value, Position::Exact, name),
            Kind::Alias(ty) => self.expression(ty, value, position, name),
        }
    }

    /// Returns a call of `new`, which takes the required fields.
    fn new_structure(&mut self, path: &str, fields: &[Field], value: &Value) -> Option<String> {
        let object = value.as_object()?;
        let required = fields.iter().filter(|field| !field.is_absent_by_default());
        let values: Option<Vec<_>> = required
            .map(|field| match object.get(&field.wire) {
                None | Some(Value::Null) if field.is_option() => Some("None".to_owned()),
                Some(value) if field.is_option() => {
                    let value = self.field(&field.ty, value, Position::Exact, &field.rust)?;
                    Some(format!("Some({value})"))
                }
                value => self.field(&field.ty, value?, Position::Constructor, &field.rust),
            })
            .collect();
        Some(match values?.as_slice() {
            [] => format!("{path}::default()"),
            values => format!("{path}::new({})", values.join(", ")),
        })
    }

    /// Returns the variable of a struct whose optional fields are set by statements. Without such
    /// fields, returns the call of `new`.
    fn with_options(
        &mut self,
        new: String,
        fields: &[Field],
        value: &Value,
        name: &str,
    ) -> Option<String> {
        let object = value.as_object()?;
        let mut set = Vec::new();
        for field in fields.iter().filter(|field| field.is_absent_by_default()) {
            let value = object.get(&field.wire).filter(|value| !value.is_null());
            if let Some(value) = value {
                let value = self.field(&field.ty, value, Position::Exact, &field.rust)?;
                set.push((&field.rust, value));
            }
        }
        if set.is_empty() {
            return Some(new);
        }
        let variable = self.variable(name);
        self.statements.push(format!("let mut {variable} = {new};"));
        let set = set.into_iter();
        let set = set.map(|(field, value)| format!("{variable}.{field} = Some({value});"));
        self.statements.extend(set);
        Some(variable)
    }

    /// Returns the name of a new variable.
    fn variable(&mut self, name: &str) -> String {
        let mut variable = name.to_owned();
        let mut number = 1;
        while self.variables.contains(&variable) {
            number += 1;
            variable = format!("{}_{number}", unraw(name));
        }
        self.variables.push(variable.clone());
        variable
    }

    /// Returns a block that sets the optional fields of a struct, too.
    fn complete(
        &mut self,
        new: String,
        fields: &[Field],
        additional: Option<&Type>,
        value: &Value,
    ) -> Option<String> {
        let object = value.as_object()?;
        let mut statements = Vec::new();
        for (name, value) in object {
            let field = fields.iter().find(|field| field.wire == *name);
            match (field, additional) {
                (Some(field), _) if field.is_absent_by_default() && !value.is_null() => {
                    let value = self.field(&field.ty, value, Position::Exact, &field.rust)?;
                    statements.push(format!("value.{} = Some({value});", field.rust));
                }
                (None, Some(ty)) => {
                    let value = self.expression(ty, value, Position::Exact, name)?;
                    statements.push(format!(
                        "value.additional_properties.insert({name:?}.into(), {value});"
                    ));
                }
                _ => {}
            }
        }
        Some(match statements.as_slice() {
            [] => new,
            statements => format!(
                "{{ let mut value = {new}; {} value }}",
                statements.join(" ")
            ),
        })
    }

    fn variant(
        &mut self,
        path: &str,
        variant: &UnionVariant,
        value: &Value,
        name: &str,
    ) -> Option<String> {
        let inner = self.expression(&variant.ty, value, Position::Exact, name)?;
        let inner = match variant.ty {
            Type::Named(_) => format!("Box::new({inner})"),
            _ => inner,
        };
        Some(format!("{path}::{}({inner})", variant.rust))
    }
}

/// Returns the value with a tag of the variant; `None` if it has one already, or if it lacks the
/// property.
fn tagged(variant: &UnionVariant, property: &str, value: &Value) -> Option<Value> {
    let current = value.get(property)?;
    let is_own = |tag: &String| match current {
        Value::String(current) => current == tag,
        other => serde_json::from_str(tag).is_ok_and(|tag: Value| tag == *other),
    };
    let tag = variant.tags.first()?;
    let tag = match current {
        _ if variant.tags.iter().any(is_own) => return None,
        Value::String(_) => Value::String(tag.clone()),
        _ => serde_json::from_str(tag).ok()?,
    };
    let mut tagged = value.clone();
    tagged.as_object_mut()?.insert(property.to_owned(), tag);
    Some(tagged)
}

/// Returns the items of a list, or a single value as the only item.
fn list_or_one(value: &Value) -> &[Value] {
    value
        .as_array()
        .map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// Returns an integer as a literal. A literal without a suffix is an `i32` where any integer type is
/// accepted.
fn integer(value: &Value) -> Option<String> {
    match (value.as_i64(), value.as_u64()) {
        (Some(value), _) if i32::try_from(value).is_ok() => Some(value.to_string()),
        (Some(value), _) => Some(format!("{value}_i64")),
        (None, Some(value)) => Some(format!("{value}_u64")),
        // A whole number that is written as a fraction.
        (None, None) => {
            let number = value.as_f64().filter(|number| is_small_integer(*number));
            number.map(|number| format!("{number:.0}"))
        }
    }
}

fn is_small_integer(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() < 1e9
}
