//! Each stage, and the whole article, on one core: the long read of the sample, in the shipped layout.
#![allow(missing_docs, reason = "a bench is no library")]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use handout::audit;
use handout::config::Overrides;
use handout::files::Disk;
use handout::layout::Pages;
use handout::read::{Article, Job};
use handout::run::{Format, Press};
use handout::style::StyledTree;
use handout::style::computed::TextWrap;
use handout::template::Rendered;

/// The allocator that the program has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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

/// An article of a common length: two pages, without pictures.
const TYPICAL: &str = "eerste-honderd-dagen";

/// Prints proportions: how much it costs to choose all lines of a paragraph together, whether a page costs more in a
/// long document than in a short one, and what tags cost.
fn proportions() {
    let press = &READY.press;
    let (jobs, _) = press.plan();
    let trees: Vec<StyledTree> = jobs.iter().filter_map(|job| styled(job, 1)).collect();
    let filled: Vec<StyledTree> = trees.iter().map(first_fit).collect();
    let together = fastest(|| trees.iter().for_each(|tree| drop(press.lay_out(tree))));
    let one_by_one = fastest(|| filled.iter().for_each(|tree| drop(press.lay_out(tree))));
    println!("total-fit takes {:.2} times first-fit on the sample (aim: 1.5)", together / one_by_one);
    let page = |times: usize| {
        let tree = styled(&READY.job, times).expect("the article is styled");
        let (pages, _) = press.lay_out(&tree).expect("it is laid out");
        let count = pages.pages.len();
        (count, fastest(|| drop(press.lay_out(&tree))) / count as f64)
    };
    let (few, short) = page(1);
    let (many, long) = page((300 / few).max(1));
    println!("a page of {many} takes {:.2} times a page of {few} (aim: 2)", long / short);
    tags(&trees);
    let typical = jobs.iter().find(|job| job.slug == TYPICAL).and_then(|job| styled(job, 1));
    let typical = typical.expect("the sample has it");
    let word = fastest(|| drop(press.docx(&typical, &Default::default())));
    println!(
        "the Word document of `{TYPICAL}` takes {:.2} ms from the styled tree to the file (aim: 1.5)",
        word * 1e3
    );
}

/// Prints what tags, and the audits of them, cost over the sample against the same files without.
fn tags(trees: &[StyledTree]) {
    let press = &READY.press;
    let laid: Vec<Pages> = trees.iter().filter_map(|tree| Some(press.lay_out(tree).ok()?.0)).collect();
    let layout = fastest(|| trees.iter().for_each(|tree| drop(press.lay_out(tree))));
    let audits = fastest(|| {
        for (tree, pages) in trees.iter().zip(&laid) {
            drop((audit::words(tree), press.look(tree, pages)));
        }
    });
    let tagged =
        fastest(|| trees.iter().zip(&laid).for_each(|(tree, pages)| drop(press.pdf(pages, Some(tree)))));
    let plain = fastest(|| laid.iter().for_each(|pages| drop(press.untagged(pages))));
    let whole = (layout + audits + tagged) / (layout + plain);
    println!("layout, audits and a tagged PDF take {whole:.2} times layout and an untagged one (aim: 1.15)");
    println!(
        "the PDF stage takes {:.2} times as long with tags, all audits {:.1} ms",
        tagged / plain,
        audits * 1e3
    );
    let size = |tagged: bool| -> usize {
        let bytes = laid.iter().map(|pages| match tagged {
            true => press.pdf(pages, None).map_or(0, |written| written.bytes.len()),
            false => press.untagged(pages).map_or(0, |bytes| bytes.len()),
        });
        bytes.sum()
    };
    println!("tagged PDFs are {:.2} times as large (aim: 1.20)", size(true) as f64 / size(false) as f64);
}

/// An article with its body so many times.
fn styled(job: &Job, times: usize) -> Option<StyledTree> {
    let (mut article, _) = READY.press.read(job).ok()?;
    article.body = article.body.repeat(times);
    article.meta.pages = None;
    let rendered = READY.press.render(&article).ok()?;
    READY.press.style(&article, &rendered).ok().map(|(tree, _)| tree)
}

/// A document whose lines are filled one after the other.
fn first_fit(tree: &StyledTree) -> StyledTree {
    let mut tree = tree.clone();
    // Nodes that share a style go on sharing it: layout looks up fonts by style.
    let mut styles = std::collections::BTreeMap::new();
    for node in &mut tree.nodes {
        let filled = styles.entry(Arc::as_ptr(&node.style).addr()).or_insert_with(|| {
            let mut style = (*node.style).clone();
            Arc::make_mut(&mut style.text).wrap = TextWrap::Stable;
            (node.style.clone(), Arc::new(style))
        });
        node.style = filled.1.clone();
    }
    tree
}

/// The seconds that the fastest of some runs takes.
fn fastest(run: impl Fn()) -> f64 {
    let time = || {
        let start = std::time::Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    (0..7).map(|_| time()).fold(f64::INFINITY, f64::min)
}

fn main() {
    LazyLock::force(&READY);
    proportions();
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
    bencher.bench(|| READY.press.pdf(black_box(&READY.pages), Some(&READY.tree)));
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
