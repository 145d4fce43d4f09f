create or replace view evidence as
select
    r.canonical_id as record_id, e.record_type, e.field, e.document_id, e.page, e.char_start, e.char_end,
    e.quote, e.finder, e.record_id as own_record_id, e.position, coalesce(e.recognised, false) as recognised,
    e.rectangles
from store.evidence as e
join store.resolution as r using (record_id);

comment on view evidence is 'One row a quote that proves a field of a record.';
comment on column evidence.record_id is 'The row that it proves: actor_id, agreement_id, funding_id or commitment_id.';
comment on column evidence.record_type is 'actor, agreement, funding or commitment.';
comment on column evidence.field is 'The field that the quote proves; record when it shows that the record exists.';
comment on column evidence.document_id is 'The document that holds the quote.';
comment on column evidence.page is 'Page, from 1; null in formats without fixed pages.';
comment on column evidence.char_start is 'First character of the quote in documents.text, from 0.';
comment on column evidence.char_end is 'Character after the last one.';
comment on column evidence.quote is 'The words themselves.';
comment on column evidence.finder is 'The rule that read them.';
comment on column evidence.own_record_id is 'The record of this document behind the row (resolution.record_id).';
comment on column evidence.position is 'Place among the quotes of its record, from 0.';
comment on column evidence.recognised is 'Whether the words were read off a picture of the page (text recognition).';
comment on column evidence.rectangles is 'Where the quote stands on its page, a box a printed line, in points from the lower left corner, with the size of the page; null but in PDFs and scans.';
