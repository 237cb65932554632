//! Tantivy as one of the engines of the bench (../README.md).
//!
//!   peer_tantivy index DIR DOCS      DOCS.txt, a document a line; one segment
//!   peer_tantivy raw DIR FILE.jsonl  title and body, English stems, stored
//!   peer_tantivy ask DIR             the protocol on standard input
//!
//! Words are cut at blanks, with positions and field norms, nothing stored.
//! Its scores have BM25's factor k1 + 1; they are printed without it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::time::Instant;

use tantivy::collector::{Count, TopDocs};
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions, STORED,
    STRING,
};
use tantivy::{DocAddress, Index, IndexWriter, Score, Searcher, TantivyDocument, Term};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn memory() -> usize {
    let megabytes = std::env::var("MEMORY_MB").ok().and_then(|m| m.parse().ok());
    megabytes.unwrap_or(256usize) << 20
}

fn text(tokenizer: &str) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    )
}

fn lines(path: &str) -> io::Result<impl Iterator<Item = io::Result<String>>> {
    Ok(BufReader::with_capacity(1 << 20, File::open(path)?).lines())
}

/// One segment of all there are.
fn finish(index: &Index, mut writer: IndexWriter) -> Outcome<()> {
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn index(dir: &str, docs: &str) -> Outcome<()> {
    let mut schema = Schema::builder();
    let body = schema.add_text_field("body", text("whitespace"));
    let id = schema.add_u64_field("id", NumericOptions::default().set_fast());
    std::fs::create_dir_all(dir)?;
    let index = Index::create_in_dir(dir, schema.build())?;
    let writer: IndexWriter = index.writer_with_num_threads(1, memory())?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for (number, line) in lines(&format!("{docs}.txt"))?.enumerate() {
        let mut document = TantivyDocument::default();
        document.add_text(body, line?);
        document.add_u64(id, number as u64);
        writer.add_document(document)?;
    }
    finish(&index, writer)
}

fn raw(dir: &str, path: &str) -> Outcome<()> {
    let mut schema = Schema::builder();
    let title = schema.add_text_field("title", text("en_stem").set_stored());
    let body = schema.add_text_field("body", text("en_stem").set_stored());
    let id = schema.add_text_field("id", STRING | STORED);
    std::fs::create_dir_all(dir)?;
    let index = Index::create_in_dir(dir, schema.build())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, memory())?;
    for line in lines(path)? {
        let object: serde_json::Value = serde_json::from_str(&line?)?;
        let mut document = TantivyDocument::default();
        for (name, field) in [("title", title), ("body", body), ("id", id)] {
            if let Some(value) = object[name].as_str() {
                document.add_text(field, value);
            }
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn query(body: Field, text: &str) -> Box<dyn Query> {
    let term = |word: &str| Term::from_field_text(body, word);
    let word_query = |word: &str| -> Box<dyn Query> {
        Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
    };
    if let Some(inside) = text.strip_prefix('"') {
        let terms: Vec<Term> = inside.trim_end_matches('"').split(' ').map(term).collect();
        if terms.len() == 1 {
            return word_query(inside.trim_end_matches('"'));
        }
        return Box::new(PhraseQuery::new(terms));
    }
    let parts = text
        .split(' ')
        .map(|word| match word.as_bytes()[0] {
            b'+' => (Occur::Must, word_query(&word[1..])),
            b'-' => (Occur::MustNot, word_query(&word[1..])),
            _ => (Occur::Should, word_query(word)),
        })
        .collect();
    Box::new(BooleanQuery::new(parts))
}

type Hits = Vec<(Score, DocAddress)>;

fn search(
    searcher: &Searcher,
    body: Field,
    command: &str,
    text: &str,
) -> Outcome<(Option<usize>, Hits)> {
    let query = query(body, text);
    let top = |k| TopDocs::with_limit(k).order_by_score();
    Ok(match command {
        "COUNT" => (Some(searcher.search(&query, &Count)?), Vec::new()),
        "TOP_100_COUNT" => {
            let (count, hits) = searcher.search(&query, &(Count, top(100)))?;
            (Some(count), hits)
        }
        "TOP_10" => (None, searcher.search(&query, &top(10))?),
        "TOP_100" => (None, searcher.search(&query, &top(100))?),
        _ => (None, searcher.search(&query, &top(1000))?),
    })
}

fn ask(dir: &str) -> Outcome<()> {
    let index = Index::open_in_dir(dir)?;
    let body = index.schema().get_field("body")?;
    let searcher = index.reader()?.searcher();
    let mut ids = Vec::new();
    for segment in searcher.segment_readers() {
        ids.push(segment.fast_fields().u64("id")?.first_or_default_col(0));
    }
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (command, text) = line.split_once('\t').ok_or("no tab")?;
        let start = Instant::now();
        let (count, hits) = search(&searcher, body, command, text)?;
        let spent = start.elapsed().as_nanos();
        write!(out, "{spent}\t")?;
        match count {
            Some(count) => write!(out, "{count}\t")?,
            None => write!(out, "-\t")?,
        }
        for (i, (score, at)) in hits.iter().enumerate() {
            let line = ids[at.segment_ord as usize].get_val(at.doc_id);
            write!(out, "{}{}:{}", if i > 0 { " " } else { "" }, line, score / 2.2)?;
        }
        writeln!(out)?;
        out.flush()?;
    }
    Ok(())
}

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("index") if args.len() == 4 => index(&args[2], &args[3]),
        Some("raw") if args.len() == 4 => raw(&args[2], &args[3]),
        Some("ask") if args.len() == 3 => ask(&args[2]),
        _ => Err("usage: peer_tantivy index|raw|ask DIR [FILE]".into()),
    }
}
