//! The block helper `into`: what a layout draws goes into the article, where the article speaks of it.

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError, Renderable,
    StringOutput,
};

use crate::template::render::Page;

/// `{{#into "First words"}}…{{else}}…{{/into}}`.
pub(super) struct Into<'p> {
    pub(super) page: &'p Page<'p>,
}

impl HelperDef for Into<'_> {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        state: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let words = helper.param(0).and_then(|param| param.value().as_str()).unwrap_or_default();
        let block = self.page.outline.block(words).filter(|_| !words.trim().is_empty());
        match (block, helper.template(), helper.inverse()) {
            (Some(block), Some(template), _) => {
                let mut inside = StringOutput::new();
                template.render(registry, context, state, &mut inside)?;
                let html = inside.into_string().map_err(RenderError::from)?;
                self.page.notes().parts.adorn(block, html);
                Ok(())
            }
            (None, _, Some(inverse)) => inverse.render(registry, context, state, out),
            _ => Ok(()),
        }
    }
}
