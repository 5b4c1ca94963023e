//! A scope: the names taken in one place, and by what.

use std::collections::HashMap;

/// Names in use, each with the place in the document that took it.
#[derive(Debug, Default)]
pub struct Scope {
    taken: HashMap<String, String>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub fn reserving(names: &[&str]) -> Self {
        let taken = names
            .iter()
            .map(|name| ((*name).to_owned(), String::new()))
            .collect();
        Self { taken }
    }

    pub fn is_free(&self, name: &str) -> bool {
        !self.taken.contains_key(name)
    }

    /// Takes a name; the place that has it when it is not free.
    pub fn take(&mut self, name: &str, place: &str) -> Result<(), String> {
        match self.taken.get(name) {
            Some(holder) => Err(holder.clone()),
            None => {
                self.taken.insert(name.to_owned(), place.to_owned());
                Ok(())
            }
        }
    }

    /// Takes the first free one of the name, and the name with 2, 3 and so on behind it.
    pub fn settle(&mut self, name: String, place: &str) -> String {
        let mut candidate = name.clone();
        let mut number = 2_u32;
        while self.take(&candidate, place).is_err() {
            candidate = format!("{name}{number}");
            number = number.saturating_add(1);
        }
        candidate
    }
}
