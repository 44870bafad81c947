//! The heights of lines (CSS 2, 10.8).

use super::*;
use crate::style::computed::{LengthPercentage, VerticalAlign};

/// A line `a` + an element of `size` and `align` with text.
fn line(size: f32, line_height: LineHeight, align: VerticalAlign) -> Line {
    let mut inner = style(|font, text| {
        font.size = Px(size);
        text.line_height = line_height;
    });
    inner.inline.vertical_align = align;
    let document = Document::new(plain(), "nl").text("a").open("span", inner).text("b").close();
    document.set(500.0).lines[0].clone()
}

fn close(a: Px, b: f32) -> bool {
    (a.0 - b).abs() < 1e-3
}

#[test]
fn lines_are_as_high_as_their_boxes() {
    let length = |px| LineHeight::Length(LengthPercentage::px(Px(px)));
    // Height and baseline of the line, and the baseline of the element; the strut reaches 9 up and 3 down.
    let cases = [
        (10.0, length(12.0), VerticalAlign::Baseline, (12.0, 9.0, 9.0)),
        // 20 px: ascent 16, descent 4, half-leading 2.
        (20.0, length(24.0), VerticalAlign::Baseline, (24.0, 18.0, 18.0)),
        (20.0, LineHeight::Number(1.2), VerticalAlign::Baseline, (24.0, 18.0, 18.0)),
        (20.0, LineHeight::Normal, VerticalAlign::Baseline, (20.0, 16.0, 16.0)),
        // Half the size, line height 0: the half-leading of -2.5 leaves 1.5 up and -1.5 down.
        (5.0, length(0.0), VerticalAlign::Super, (12.0, 9.0, 9.0 - 3.4)),
        (5.0, length(0.0), VerticalAlign::Sub, (12.0, 9.0, 9.0 + 2.0)),
        (10.0, length(12.0), VerticalAlign::Length(Px(4.0)), (16.0, 13.0, 9.0)),
        // The box of 24 from the top: the line grows downwards from its own 12.
        (20.0, length(24.0), VerticalAlign::Top, (24.0, 9.0, 18.0)),
        (20.0, length(24.0), VerticalAlign::Bottom, (24.0, 21.0, 18.0)),
        // Content areas: the strut's reaches 8 up and 2 down.
        (20.0, length(20.0), VerticalAlign::TextTop, (21.0, 9.0, 17.0)),
        (20.0, length(20.0), VerticalAlign::TextBottom, (21.0, 18.0, 16.0)),
        // The middle is 2.5 above the baseline: 10 px around it.
        (20.0, length(20.0), VerticalAlign::Middle, (20.0, 12.5, 16.0)),
    ];
    for (size, line_height, align, (height, baseline, inner)) in cases {
        let line = line(size, line_height, align);
        let b = items(&line)[1].origin.y;
        assert!(
            close(line.height, height) && close(line.baseline, baseline) && close(b, inner),
            "{size} {line_height:?} {align:?}: {:?} {:?} {b:?}",
            line.height,
            line.baseline
        );
    }
}

#[test]
fn lines_stand_below_each_other() {
    let paragraph = set(plain(), "aaa bbb ccc", 35.0);
    let tops: Vec<f32> = paragraph.lines.iter().map(|line| line.top.0).collect();
    assert_eq!(tops, [0.0, 12.0, 24.0]);
    assert_eq!(paragraph.height, Px(36.0));
}
