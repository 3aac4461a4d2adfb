//! The pages of reports: they need nothing from elsewhere, run nothing, and print on paper.

use std::fmt::Write as _;

use lysoen_answers::SourceNote;

use super::folder::Chart;

const STYLE: &str = "\
:root{color-scheme:light}
body{font:16px/1.5 system-ui,'DejaVu Sans',Verdana,sans-serif;color:#1b1f27;background:#fff;max-width:68rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2.2rem}
.wide{overflow-x:auto;margin:.8rem 0}
.beside{display:flex;flex-wrap:wrap;gap:0 2.5rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{padding:.25rem .55rem;border-bottom:1px solid #dfe3ea;text-align:right;white-space:nowrap}
th[scope=row],thead th:first-child{text-align:left}
thead th{border-bottom:2px solid #5f6672}
figure{margin:1rem 0;break-inside:avoid}
figure svg{max-width:100%;height:auto}
.small{color:#5f6672;font-size:.9rem}
@media print{body{margin:0;max-width:none;font-size:11pt}table,figure{break-inside:avoid}h2{break-after:avoid}table{font-size:8.5pt}th,td{padding:.15rem .35rem}.wide{overflow:visible}}
";

/// The beginning of a page up to its heading. `style` is what it needs beside what all have.
pub(super) fn begin(title: &str, style: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n"
    )
}

/// The end of a page, with what stands below everything.
pub(super) fn end(page: &mut String, said: &str) {
    writeln!(
        page,
        "<p class=\"small\">{}</p>\n</main>\n</body>\n</html>",
        escape(said)
    )
    .ok();
}

/// A heading with a name that can be linked to.
pub(super) fn heading(page: &mut String, id: &str, title: &str) {
    writeln!(page, "<h2 id=\"{id}\">{}</h2>", escape(title)).ok();
}

/// A paragraph.
pub(super) fn paragraph(page: &mut String, said: &str) {
    writeln!(page, "<p>{}</p>", escape(said)).ok();
}

/// A list of sentences; nothing where there are none.
pub(super) fn list<S: AsRef<str>>(page: &mut String, items: impl IntoIterator<Item = S>) {
    let mut items = items.into_iter().peekable();
    if items.peek().is_none() {
        return;
    }
    page.push_str("<ul>\n");
    for item in items {
        writeln!(page, "<li>{}</li>", escape(item.as_ref())).ok();
    }
    page.push_str("</ul>\n");
}

/// The sources with vintage, licence and citation.
pub(super) fn sources(page: &mut String, sources: &[SourceNote]) {
    list(page, sources.iter().map(cited));
}

fn cited(source: &SourceNote) -> String {
    let vintage = source.as_of.map(|day| format!(", {day}")).unwrap_or_default();
    let text = format!(
        "{} ({}){vintage}, {}. {}",
        source.title, source.id, source.licence, source.citation
    );
    text.trim_end().to_string()
}

/// The charts whose files' names begin so.
pub(super) fn show(page: &mut String, charts: &[Chart], begins: &str) {
    for chart in charts.iter().filter(|chart| chart.file.starts_with(begins)) {
        writeln!(page, "<figure>\n{}</figure>", chart.svg).ok();
    }
}

/// A table with a heading to each column and row.
pub(super) fn table(caption: &str, heads: &[String], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = format!(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\"><table>\n<caption>{0}</caption>\n<thead><tr>",
        escape(caption)
    );
    for head in heads {
        write!(table, "<th scope=\"col\">{}</th>", escape(head)).ok();
    }
    table.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        let mut cells = row.iter();
        let name = cells.next().map_or("", String::as_str);
        write!(table, "<tr><th scope=\"row\">{}</th>", escape(name)).ok();
        for cell in cells {
            write!(table, "<td>{}</td>", escape(cell)).ok();
        }
        table.push_str("</tr>\n");
    }
    table.push_str("</tbody>\n</table></div>\n");
    table
}

/// The headings of a table's columns.
pub(super) fn heads<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(String::from).to_vec()
}

/// Text as HTML takes it.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
