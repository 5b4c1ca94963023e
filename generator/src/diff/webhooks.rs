//! Compares webhooks: their names and the types of their payloads.

use super::change::{Changes, ItemKind, Kind, Subject};
use super::display;
use super::matching::{Pair, pairs};
use crate::model::{Api, Webhook};

pub(super) fn compare(changes: &mut Changes, old: &Api, new: &Api) {
    let subject = |webhook: &Webhook| Subject::new(&webhook.name.rust, &webhook.name.wire);
    for pair in pairs(&old.webhooks, &new.webhooks, |webhook| &webhook.name.wire) {
        match pair {
            Pair::Removed(old) => {
                let subject = subject(old).at(Some(&old.pointer), None);
                changes.breaking(Kind::Removed, ItemKind::Webhook, &subject, "");
            }
            Pair::Added(new) => {
                let subject = subject(new).at(None, Some(&new.pointer));
                changes.compatible(Kind::Added, ItemKind::Webhook, &subject, "");
            }
            Pair::Both(old, new) => {
                let subject = subject(new).at(Some(&old.pointer), Some(&new.pointer));
                if old.ty != new.ty {
                    let detail = display::became(&display::ty(&old.ty), &display::ty(&new.ty));
                    changes.breaking(Kind::Changed, ItemKind::Webhook, &subject, &detail);
                }
                if old.docs != new.docs {
                    changes.docs(&subject, "the summary or the description");
                }
            }
        }
    }
}
