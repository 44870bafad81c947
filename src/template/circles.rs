//! Partials that come back to themselves by way of others: Handlebars would call them until the stack ends, and sees
//! only those that call themselves at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use handlebars::Handlebars;
use handlebars::template::{Parameter, Template, TemplateElement};
use serde_json::Value;

use super::layout::LAYOUT;
use crate::config::value::Source;
use crate::diag::{Diagnostic, Place};

/// The partials that each template calls by name. An inline partial is a template of its own.
#[derive(Default)]
struct Calls<'t>(BTreeMap<&'t str, Vec<Call<'t>>>);

/// A call of a partial.
#[derive(Clone, Copy)]
struct Call<'t> {
    partial: &'t str,
    /// The template whose source it stands in.
    written: &'t str,
    /// Line and column there, from 1.
    at: (usize, usize),
}

/// Every circle of partials that the layout comes to, once, at the call that closes it.
pub(super) fn find(registry: &Handlebars<'_>, sources: &BTreeMap<String, Arc<Source>>) -> Vec<Diagnostic> {
    let mut calls = Calls::default();
    for name in sources.keys() {
        registry.get_template(name).iter().for_each(|template| calls.collect(template, name, name));
    }
    let mut found = Vec::new();
    calls.follow(LAYOUT, &mut Vec::new(), &mut BTreeSet::new(), &mut |call, circle| {
        let way = circle.join("`, which includes `");
        let message = format!("this partial includes itself: `{way}`, which includes `{}`", call.partial);
        let mut error = Diagnostic::error("circular-partial", message).hint("take one of these calls out");
        error.place = sources
            .get(call.written)
            .map(|source| Place::at(source.file.clone(), &source.text, call.at.0 as u32, call.at.1 as u32));
        found.push(error);
    });
    found
}

impl<'t> Calls<'t> {
    fn collect(&mut self, template: &'t Template, within: &'t str, written: &'t str) {
        for (element, place) in template.elements.iter().zip(&template.mapping) {
            match element {
                TemplateElement::HelperBlock(block) => {
                    for content in block.template.iter().chain(&block.inverse) {
                        self.collect(content, within, written);
                    }
                }
                TemplateElement::DecoratorBlock(block) => {
                    let Some(Parameter::Literal(Value::String(name))) = block.params.first() else {
                        continue;
                    };
                    block.template.iter().for_each(|content| self.collect(content, name, written));
                }
                TemplateElement::PartialExpression(call) | TemplateElement::PartialBlock(call) => {
                    if let Some(partial) = call.name.as_name() {
                        let call = Call { partial, written, at: (place.0, place.1) };
                        self.0.entry(within).or_default().push(call);
                    }
                    call.template.iter().for_each(|content| self.collect(content, within, written));
                }
                _ => {}
            }
        }
    }

    /// Goes down from a template; `path` is what led to it.
    fn follow(
        &self,
        name: &'t str,
        path: &mut Vec<&'t str>,
        done: &mut BTreeSet<&'t str>,
        closed: &mut dyn FnMut(Call<'t>, &[&'t str]),
    ) {
        if done.contains(name) {
            return;
        }
        path.push(name);
        for call in self.0.get(name).into_iter().flatten() {
            match path.iter().position(|known| *known == call.partial) {
                Some(start) => closed(*call, &path[start..]),
                None => self.follow(call.partial, path, done, closed),
            }
        }
        path.pop();
        done.insert(name);
    }
}
