create or replace view documents as
select
    document_id, name, uri, sha256, kind, title, language, publisher, published_on, published_precision,
    country, pages, words, ingested_at, run_id, fingerprint, text
from store.document;

comment on view documents is 'One row a document that was read.';
comment on column documents.document_id is 'Made of the content: the same bytes under another name are the same document.';
comment on column documents.name is 'File name.';
comment on column documents.uri is 'Where it was read from.';
comment on column documents.sha256 is 'Hash of the file''s content.';
comment on column documents.kind is 'press_release, joint_statement, action_plan, report, news_article, treaty, speech or other.';
comment on column documents.title is 'Title as printed.';
comment on column documents.language is 'Language of most of its words, ISO 639-1.';
comment on column documents.publisher is 'Who published it, as printed.';
comment on column documents.published_on is 'First day that the date of publication may mean; see published_precision.';
comment on column documents.published_precision is 'How much of the date was said: year, month or day.';
comment on column documents.country is 'Country of the publisher, ISO 3166-1 alpha-2.';
comment on column documents.pages is 'Number of pages; null in formats without fixed pages.';
comment on column documents.words is 'Number of words.';
comment on column documents.ingested_at is 'Start of the run that loaded it, UTC.';
comment on column documents.run_id is 'The run that loaded it (see runs).';
comment on column documents.fingerprint is 'Version of the program, schema and lexicon that read it.';
comment on column documents.text is 'The frozen text; substr(text, char_start + 1, char_end - char_start) is a quote.';
