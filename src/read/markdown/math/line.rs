//! A formula as a line of text, with the spaces that TeX sets between its signs (The TeXbook, chapter 18).

use pulldown_latex::event::{
    Content, DelimiterType, Dimension, EnvironmentFlow, Event, Font, Grouping, ScriptPosition, ScriptType,
    StateChange, Visual,
};
use pulldown_latex::{Parser, Storage};

use super::signs;

/// What is longer, in bytes of TeX, or of more pieces, is no line.
const LONGEST: usize = 4096;
const MOST_PIECES: usize = 8192;
/// Groups may be nested so deep.
const DEEPEST: usize = 24;
/// Commands that define others, and a sign by its number.
const REFUSED: [&str; 10] = [
    "def",
    "edef",
    "gdef",
    "xdef",
    "let",
    "futurelet",
    "newcommand",
    "renewcommand",
    "providecommand",
    "char",
];
/// Environments that begin with a number. The parser panics on some numbers.
const COUNTED: [&str; 2] = ["{alignat", "{alignedat"];

const NO_BREAK: &str = "\u{a0}";
const THIN: &str = "\u{202f}";
const EM: &str = "\u{2003}";

/// What a sign is to those beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Ordinary,
    /// A large operator or the name of a function.
    Operator,
    Binary,
    Relation,
    Open,
    Close,
    Punctuation,
    /// A root or a fraction of numbers: one thing, with a little room around it.
    Inner,
    /// A fraction that would swallow what follows it.
    Fraction,
    Space,
    /// The end of a line.
    Break,
}

/// How firmly the parts of something hold together without brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    Single,
    Product,
    Sum,
}

struct Atom {
    class: Class,
    hold: Hold,
    html: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    /// Letters slant, as in mathematics.
    Math,
    Upright,
    Bold,
    BoldItalic,
    DoubleStruck,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    Text,
    Script,
}

/// How what is read next is set.
#[derive(Clone, Copy, Debug)]
struct Style {
    face: Face,
    size: Size,
}

/// How many lines signs may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    One,
    Many,
}

/// TeX as HTML; `None` where it is more than a line of signs, or is not understood. `rows` says whether the
/// lines of `align` and the like may be lines.
pub(super) fn set(tex: &str, rows: Rows) -> Option<String> {
    let is_refused = commands(tex).any(|name| REFUSED.contains(&name))
        || COUNTED.iter().any(|environment| tex.contains(environment));
    if tex.len() > LONGEST || is_deep(tex) || is_refused {
        return None;
    }
    let storage = Storage::new();
    let events: Option<Vec<Event<'_>>> =
        Parser::new(tex, &storage).take(MOST_PIECES).map(Result::ok).collect();
    let events = events.filter(|events| events.len() < MOST_PIECES)?;
    let mut reader = Reader { events: events.into_iter(), depth: 0, rows };
    let style = Style { face: Face::Math, size: Size::Text };
    let atoms = reader.list(style, Rows::One)?;
    let html = join(atoms, Size::Text).replace("</i><i>", "").replace("</b><b>", "");
    let html = html.trim();
    (!html.is_empty()).then(|| html.to_owned())
}

/// The names of the commands in TeX.
fn commands(tex: &str) -> impl Iterator<Item = &str> {
    let name = |rest: &str| rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    tex.split('\\').skip(1).map(move |rest| &rest[..name(rest)])
}

/// Whether braces are nested deeper than anybody reads.
fn is_deep(tex: &str) -> bool {
    let mut depth = 0_usize;
    tex.bytes().any(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// Reads what the parser of TeX says; each function is `None` where that is no line.
struct Reader<'e> {
    events: std::vec::IntoIter<Event<'e>>,
    depth: usize,
    /// Whether the formula may have lines.
    rows: Rows,
}

impl<'e> Reader<'e> {
    /// The atoms up to the end of the group.
    fn list(&mut self, mut style: Style, rows: Rows) -> Option<Vec<Atom>> {
        let mut atoms = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::End => break,
                Event::StateChange(StateChange::Font(font)) => style.face = face(font)?,
                Event::StateChange(_) => {}
                Event::EnvironmentFlow(EnvironmentFlow::Alignment) if rows == Rows::Many => {}
                Event::EnvironmentFlow(EnvironmentFlow::NewLine { .. }) if rows == Rows::Many => {
                    atoms.push(Atom::new(Class::Break, "<br>"));
                }
                event => atoms.push(self.element(event, style)?),
            }
        }
        Some(atoms)
    }

    fn element(&mut self, event: Event<'e>, style: Style) -> Option<Atom> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let atom = match event {
            Event::Content(content) => content_of(content, style),
            Event::Begin(grouping) => self.group(&grouping, style),
            Event::Visual(Visual::Fraction(None)) => self.fraction(style),
            Event::Visual(Visual::SquareRoot) => {
                let inner = self.next(style)?.bracketed(Hold::Single);
                Some(Atom::new(Class::Inner, &format!("√{inner}")))
            }
            Event::Visual(Visual::Root) => {
                let inner = self.next(style)?.bracketed(Hold::Single);
                let index = self.next(Style { size: Size::Script, ..style })?.html;
                Some(Atom::new(Class::Inner, &format!("<sup>{index}</sup>√{inner}")))
            }
            Event::Visual(Visual::Negation) => {
                let mut atom = self.next(style)?;
                atom.html = signs::negated(&atom.html)?.to_owned();
                Some(atom)
            }
            Event::Visual(Visual::Fraction(Some(_))) => None,
            Event::Script { ty, position } => self.scripts(ty, position, style),
            Event::Space { width, .. } => Some(Atom::new(Class::Space, space(width))),
            Event::End | Event::StateChange(_) | Event::EnvironmentFlow(_) => None,
        };
        self.depth -= 1;
        atom
    }

    fn next(&mut self, style: Style) -> Option<Atom> {
        let event = self.events.next()?;
        self.element(event, style)
    }

    fn group(&mut self, grouping: &Grouping, style: Style) -> Option<Atom> {
        match grouping {
            Grouping::Normal => {
                let atoms = self.list(style, Rows::One)?;
                let hold = hold(&atoms);
                Some(Atom { class: Class::Ordinary, hold, html: join(atoms, style.size) })
            }
            Grouping::LeftRight(open, close) => {
                let inner = join(self.list(style, Rows::One)?, style.size);
                let sign = |sign: &Option<char>| sign.map(signs::shown).unwrap_or_default();
                Some(Atom::new(Class::Ordinary, &format!("{}{inner}{}", sign(open), sign(close))))
            }
            Grouping::Equation { .. }
            | Grouping::Align { .. }
            | Grouping::Aligned
            | Grouping::Gather { .. }
            | Grouping::Gathered
            | Grouping::Multline
            | Grouping::Split
                if self.depth == 1 && self.rows == Rows::Many =>
            {
                let atoms = self.list(style, Rows::Many)?;
                Some(Atom { class: Class::Ordinary, hold: Hold::Sum, html: join(atoms, style.size) })
            }
            _ => None,
        }
    }

    /// Numbers with the bar that fonts have for them, all else with a stroke and the brackets that this asks for.
    fn fraction(&mut self, style: Style) -> Option<Atom> {
        let (above, below) = (self.next(style)?, self.next(style)?);
        let is_number = |atom: &Atom| atom.html.bytes().all(|byte| byte.is_ascii_digit());
        if is_number(&above) && is_number(&below) {
            return Some(Atom::new(Class::Inner, &format!("{}\u{2044}{}", above.html, below.html)));
        }
        let html = format!("{}/{}", above.bracketed(Hold::Product), below.bracketed(Hold::Single));
        Some(Atom { class: Class::Fraction, hold: Hold::Sum, html })
    }

    fn scripts(&mut self, ty: ScriptType, position: ScriptPosition, style: Style) -> Option<Atom> {
        let base = self.next(style)?;
        let small = Style { face: Face::Math, size: Size::Script };
        let mut script = || self.next(small).map(|atom| atom.html);
        let (low, high) = match ty {
            ScriptType::Subscript => (Some(script()?), None),
            ScriptType::Superscript => (None, Some(script()?)),
            ScriptType::SubSuperscript => (Some(script()?), Some(script()?)),
        };
        if position == ScriptPosition::AboveBelow {
            let accent = high.filter(|_| low.is_none()).and_then(|high| signs::accent(&high))?;
            let html = accented(&base.html, accent)?;
            return Some(Atom { html, ..base });
        }
        let class = if base.class == Class::Fraction { Class::Ordinary } else { base.class };
        let mut html = base.bracketed(Hold::Single);
        if let Some(low) = low {
            html += &format!("<sub>{low}</sub>");
        }
        match high.as_deref() {
            Some("∘") => html.push('°'),
            Some(primes) if !primes.is_empty() && primes.chars().all(|c| c == '′') => html += primes,
            Some(high) => html += &format!("<sup>{high}</sup>"),
            None => {}
        }
        Some(Atom::new(class, &html))
    }
}

impl Atom {
    fn new(class: Class, html: &str) -> Self {
        let hold = match class {
            Class::Operator | Class::Binary | Class::Relation | Class::Punctuation => Hold::Sum,
            _ => Hold::Single,
        };
        Self { class, hold, html: html.to_owned() }
    }

    /// In brackets, where it holds together less firmly than `least`; an operator alone needs none.
    fn bracketed(&self, least: Hold) -> String {
        let is_firm = self.hold <= least || (self.class != Class::Ordinary && self.class != Class::Fraction);
        if is_firm { self.html.clone() } else { format!("({})", self.html) }
    }
}

/// How firmly the atoms of a group hold together.
fn hold(atoms: &[Atom]) -> Hold {
    match atoms {
        [] => Hold::Single,
        [one] if one.class != Class::Operator => one.hold,
        [first, inner @ .., last]
            if (first.class, last.class) == (Class::Open, Class::Close)
                && inner.iter().all(|atom| !matches!(atom.class, Class::Open | Class::Close)) =>
        {
            Hold::Single
        }
        atoms if atoms.iter().all(|atom| is_upright_letter(&atom.html)) => Hold::Single,
        atoms if atoms.iter().any(|atom| atom.hold == Hold::Sum) => Hold::Sum,
        _ => Hold::Product,
    }
}

fn is_upright_letter(html: &str) -> bool {
    html.chars().all(char::is_alphabetic)
}

fn content_of(content: Content<'_>, style: Style) -> Option<Atom> {
    Some(match content {
        Content::Text("&nbsp;") => Atom::new(Class::Space, NO_BREAK),
        Content::Text(text) => Atom::new(Class::Ordinary, &signs::escaped(&signs::words(text)?)),
        Content::Number(number) => Atom::new(Class::Ordinary, &faced(&signs::escaped(number), style.face)?),
        Content::Function(name) => Atom::new(Class::Operator, &signs::escaped(name)),
        Content::Ordinary { content, .. } => {
            let shown = signs::shown(content);
            let html = if signs::slants(content) { letter(content, style.face)? } else { shown };
            Atom::new(Class::Ordinary, &html)
        }
        Content::LargeOp { content, .. } => Atom::new(Class::Operator, &signs::shown(content)),
        Content::BinaryOp { content, .. } => Atom::new(Class::Binary, &signs::shown(content)),
        Content::Relation { content, .. } => {
            let mut buffer = [0; 8];
            let text = std::str::from_utf8(content.encode_utf8_to_buf(&mut buffer)).ok()?;
            Atom::new(Class::Relation, &text.chars().map(signs::shown).collect::<String>())
        }
        Content::Delimiter { content, ty, .. } => {
            let class = match ty {
                DelimiterType::Open => Class::Open,
                DelimiterType::Close => Class::Close,
                DelimiterType::Fence => Class::Ordinary,
            };
            Atom::new(class, &signs::shown(content))
        }
        Content::Punctuation(sign) => Atom::new(Class::Punctuation, &signs::shown(sign)),
    })
}

fn face(font: Option<Font>) -> Option<Face> {
    match font {
        None | Some(Font::Italic) => Some(Face::Math),
        Some(Font::UpRight | Font::SansSerif | Font::Monospace) => Some(Face::Upright),
        Some(Font::Bold | Font::BoldSansSerif) => Some(Face::Bold),
        Some(Font::BoldSymbol | Font::BoldItalic | Font::SansSerifBoldItalic) => Some(Face::BoldItalic),
        Some(Font::DoubleStruck) => Some(Face::DoubleStruck),
        _ => None,
    }
}

fn letter(letter: char, face: Face) -> Option<String> {
    let shown = signs::shown(letter);
    match face {
        Face::Math => Some(format!("<i>{shown}</i>")),
        Face::BoldItalic => Some(format!("<b><i>{shown}</i></b>")),
        _ => faced(&shown, face),
    }
}

fn faced(html: &str, face: Face) -> Option<String> {
    match face {
        Face::Math | Face::Upright => Some(html.to_owned()),
        Face::Bold | Face::BoldItalic => Some(format!("<b>{html}</b>")),
        Face::DoubleStruck => signs::double_struck(html).map(str::to_owned),
    }
}

/// A letter with an accent, which goes into the element that the letter is in.
fn accented(html: &str, accent: char) -> Option<String> {
    let at = html.find("</").unwrap_or(html.len());
    let letter = html[..at].rsplit('>').next().unwrap_or_default();
    (letter.chars().count() == 1).then(|| format!("{}{accent}{}", &html[..at], &html[at..]))
}

fn space(width: Option<Dimension>) -> &'static str {
    match width.map_or(0.0, |width| width.value) {
        width if width >= 1.5 => "\u{2003}\u{2003}",
        width if width >= 0.7 => EM,
        width if width > 0.2 => NO_BREAK,
        width if width > 0.0 => THIN,
        _ => "",
    }
}

/// The atoms in a line. A sign between two others is binary; at the beginning or behind another one it is a sign of what
/// follows (rules 5 and 6 of appendix G).
fn join(mut atoms: Vec<Atom>, size: Size) -> String {
    use Class::{Binary, Break, Close, Open, Operator, Ordinary, Punctuation, Relation, Space};
    for at in 0..atoms.len() {
        let near = |class: Option<&Atom>| class.map(|atom| atom.class);
        let before = near(atoms[..at].iter().rfind(|atom| atom.class != Space));
        let after = near(atoms[at + 1..].iter().find(|atom| atom.class != Space));
        let is_sign =
            matches!(before, None | Some(Binary | Operator | Relation | Open | Punctuation | Break))
                || matches!(after, None | Some(Relation | Close | Punctuation | Break));
        if atoms[at].class == Binary && is_sign {
            atoms[at].class = Ordinary;
        }
    }
    let mut line = String::new();
    let mut before: Option<Class> = None;
    for (at, atom) in atoms.iter().enumerate() {
        line += before.map_or("", |before| gap(before, atom.class, size));
        let after = atoms.get(at + 1).map(|next| next.class);
        let swallows = matches!(after, Some(Ordinary | Open | Operator | Class::Inner | Class::Fraction));
        if atom.class == Class::Fraction && swallows {
            line += &format!("({})", atom.html);
        } else {
            line += &atom.html;
        }
        before = Some(atom.class);
    }
    line
}

/// The space between two atoms (The TeXbook, page 170). A line may end behind a relation or a binary operation.
fn gap(before: Class, after: Class, size: Size) -> &'static str {
    use Class::{
        Binary, Break, Close, Fraction, Inner, Open, Operator, Ordinary, Punctuation, Relation, Space,
    };
    match (before, after) {
        (Space | Break | Open, _) | (_, Space | Break | Close | Punctuation) => "",
        (Operator, Ordinary | Operator | Inner | Fraction)
        | (Ordinary | Close | Inner | Fraction, Operator) => THIN,
        (Relation, Relation) => "",
        _ if size == Size::Script => "",
        (_, Binary | Relation) => NO_BREAK,
        (Binary | Relation | Punctuation, _) => " ",
        (Inner | Fraction, _) | (_, Inner | Fraction) => THIN,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(tex: &str) -> Option<String> {
        set(tex, Rows::Many).map(|html| html.replace(NO_BREAK, "~").replace(THIN, "'"))
    }

    #[test]
    fn signs_stand_apart_as_in_tex() {
        let cases = [
            ("a+b=c", "<i>a</i>~+ <i>b</i>~= <i>c</i>"),
            ("-1", "−1"),
            ("a=-b", "<i>a</i>~= −<i>b</i>"),
            ("x^{a+b}_i", "<i>x</i><sub><i>i</i></sub><sup><i>a</i>+<i>b</i></sup>"),
            ("f(x, y)", "<i>f</i>(<i>x</i>, <i>y</i>)"),
            ("0{,}5", "0,5"),
            ("\\sin x", "sin'<i>x</i>"),
            ("\\sin(x)", "sin(<i>x</i>)"),
            ("\\sum_{i=1}^n i", "∑<sub><i>i</i>=1</sub><sup><i>n</i></sup>'<i>i</i>"),
            ("a < b", "<i>a</i>~&lt; <i>b</i>"),
            ("\\not= \\not\\in", "≠∉"),
            ("90^\\circ f''", "90°<i>f</i>′′"),
            ("\\mathrm{CO}_2", "CO<sub>2</sub>"),
            ("\\mathbf{v}\\in\\mathbb{R}", "<b>v</b>~∈ ℝ"),
            ("\\hat{x} \\bar y", "<i>x\u{302}y\u{304}</i>"),
            ("12 \\text{ km}", "12 km"),
            ("\\begin{aligned} a &= b \\\\ &= c \\end{aligned}", "<i>a</i>~= <i>b</i><br>= <i>c</i>"),
        ];
        for (tex, expected) in cases {
            assert_eq!(words(tex).as_deref(), Some(expected), "{tex}");
        }
    }

    #[test]
    fn fractions_and_roots_keep_their_meaning_in_a_line() {
        let cases = [
            ("\\frac12", "1⁄2"),
            ("3\\frac{1}{2} x", "3'1⁄2'<i>x</i>"),
            ("\\frac{a+b}{2c}", "(<i>a</i>~+ <i>b</i>)/(2<i>c</i>)"),
            ("\\frac{a}{b} x", "(<i>a</i>/<i>b</i>)'<i>x</i>"),
            ("\\frac{a}{b} + x", "<i>a</i>/<i>b</i>~+ <i>x</i>"),
            ("\\left(\\frac ab\\right)^2", "(<i>a</i>/<i>b</i>)<sup>2</sup>"),
            ("{\\frac ab}^2", "(<i>a</i>/<i>b</i>)<sup>2</sup>"),
            ("{(a+b)}^2", "(<i>a</i>~+ <i>b</i>)<sup>2</sup>"),
            ("\\sqrt{x} \\sqrt{x+1}", "√<i>x</i>'√(<i>x</i>~+ 1)"),
            ("\\sqrt[3]{8}", "<sup>3</sup>√8"),
        ];
        for (tex, expected) in cases {
            assert_eq!(words(tex).as_deref(), Some(expected), "{tex}");
        }
    }

    #[test]
    fn what_is_no_line_is_told() {
        let deep = "{".repeat(5000) + &"}".repeat(5000);
        let tall = "x^{".repeat(30) + &"}".repeat(30);
        let long = "x+".repeat(5000);
        for tex in [
            "\\begin{matrix} a & b \\end{matrix}",
            "\\binom{n}{k}",
            "\\vec{v}",
            "\\underbrace{a}_{b}",
            "\\unknown",
            "{",
            "a & b",
            "",
            "\\text{$x$}",
            "\\def\\a{\\a\\a}\\a",
            "\\charé",
            "\\begin{alignat}{99999999999999999999} a \\end{alignat}",
            &deep,
            &tall,
            &long,
        ] {
            assert_eq!(set(tex, Rows::Many), None, "{tex}");
        }
        assert_eq!(set("\\begin{aligned} a \\\\ b \\end{aligned}", Rows::One), None);
    }

    proptest! {
        #[test]
        fn nothing_that_is_written_makes_it_panic(
            pieces in prop::collection::vec(prop_oneof![
                8 => prop::sample::select(vec![
                    "\\frac", "\\sqrt", "[", "]", "{", "}", "^", "_", "\\left", "\\right", "(", ")", "\\{", "|", ".", "x", "1", ",",
                    "\\text{", "\\begin{", "\\end{", "aligned}", "array}", "cases}", "{c|c}", "&", "\\\\", "\\hline", "\\not",
                    "\\hat", "\\overset", "\\binom", "\\genfrac", "\\hspace{", "1em", "\\kern", "\\color{", "red", "\\big", "'", "\\",
                    "\\char", "alignat}", "{99999999999999999999}", "`", "\"", "\\operatorname", "\\mathbb", "\\substack{", "%", "~", " ", "é", "\u{302}", "#1", "\\limits",
                    "\\xrightarrow", "\\rule", "\\phantom", "\\mathchoice", "\\displaystyle", "\\bf", "\\middle",
                ]).prop_map(str::to_owned),
                1 => any::<String>(),
            ], 0..30)
        ) {
            let html = set(&pieces.concat(), Rows::Many).unwrap_or_default();
            let document = crate::dom::parse_fragment(&html, 1);
            prop_assert_eq!(document.inner_html(document.fragment()), html.replace(NO_BREAK, "&nbsp;"));
        }
    }
}
