//! Each stage, and the whole article, on one core: the long read of the sample, in the shipped layout.
#![allow(missing_docs, reason = "a bench is no library")]

use std::path::Path;
use std::sync::LazyLock;

use divan::{Bencher, black_box};
use handout::config::Overrides;
use handout::files::Disk;
use handout::layout::Pages;
use handout::read::{Article, Job};
use handout::run::{Format, Press};
use handout::style::StyledTree;
use handout::template::Rendered;

/// One article after each stage, and the press that it is in.
struct Ready {
    press: Press<'static>,
    job: Job,
    article: Article,
    rendered: Rendered,
    tree: StyledTree,
    pages: Pages,
}

static READY: LazyLock<Ready> = LazyLock::new(|| {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (press, _) = Press::open(&Disk, project, &Overrides::default()).expect("the sample's project opens");
    let (mut jobs, _) = press.plan();
    jobs.sort_by_key(|job| std::cmp::Reverse(press.read(job).map_or(0, |(article, _)| article.body.len())));
    let job = jobs.into_iter().next().expect("the sample has articles");
    let (article, _) = press.read(&job).expect("it reads");
    let rendered = press.render(&article).expect("it renders");
    let (tree, _) = press.style(&article, &rendered).expect("it is styled");
    let (pages, _) = press.lay_out(&tree).expect("it is laid out");
    println!("{}: {} characters of HTML, {} pages", article.slug, article.body.len(), pages.pages.len());
    Ready { press, job, article, rendered, tree, pages }
});

fn main() {
    LazyLock::force(&READY);
    divan::main();
}

#[divan::bench]
fn read(bencher: Bencher) {
    bencher.bench(|| READY.press.read(black_box(&READY.job)));
}

#[divan::bench]
fn template(bencher: Bencher) {
    bencher.bench(|| READY.press.render(black_box(&READY.article)));
}

#[divan::bench]
fn style(bencher: Bencher) {
    bencher.bench(|| READY.press.style(black_box(&READY.article), &READY.rendered));
}

#[divan::bench]
fn layout(bencher: Bencher) {
    bencher.bench(|| READY.press.lay_out(black_box(&READY.tree)));
}

#[divan::bench]
fn pdf(bencher: Bencher) {
    bencher.bench(|| READY.press.pdf(black_box(&READY.pages)));
}

#[divan::bench]
fn docx(bencher: Bencher) {
    bencher.bench(|| READY.press.docx(black_box(&READY.tree), &Default::default()));
}

#[divan::bench]
fn whole(bencher: Bencher) {
    bencher.bench(|| READY.press.print(black_box(&READY.job), &[Format::Pdf, Format::Docx]));
}

/// All handouts of the sample, one after the other.
#[divan::bench]
fn sample(bencher: Bencher) {
    let (jobs, _) = READY.press.plan();
    let print = |job: &Job| READY.press.print(job, &[Format::Pdf, Format::Docx]).is_ok();
    bencher
        .counter(divan::counter::ItemsCount::new(jobs.len()))
        .bench(|| jobs.iter().filter(|job| print(job)).count());
}
