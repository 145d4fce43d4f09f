-- The base tables. They keep what was read, one row a record a document; the views answer at the canonical level.
-- No primary keys: DuckDB's index refuses a key that the same transaction deleted and inserts again, which is
-- how a document is loaded. checks.sql looks for double ids before the transaction is committed.

create schema if not exists store;

create table if not exists store.version (
    version integer not null,    -- of the shape of these tables
    definition varchar not null  -- hash of the SQL files that made them
);

create table if not exists store.file (
    path varchar not null,       -- as the flow names it
    size bigint not null,        -- bytes
    mtime_ns bigint not null,    -- last change, nanoseconds since 1970
    sha256 varchar not null      -- of the content
);

create table if not exists store.document (
    document_id varchar not null,
    name varchar not null,
    uri varchar not null,
    sha256 varchar not null,
    kind varchar not null,
    title varchar,
    language varchar not null,
    publisher varchar,
    published_on date,             -- first day that the partial date may mean
    published_precision varchar,
    country varchar,
    pages integer,
    words integer not null,
    text varchar not null,
    fingerprint varchar not null,  -- of the code, schema and lexicon that read it
    ingested_at timestamp not null,
    run_id varchar not null
);

create table if not exists store.actor (
    record_id varchar not null,
    document_id varchar not null,
    name varchar not null,
    kind varchar not null,
    country varchar,
    aliases varchar[] not null,
    language varchar,
    confidence double not null,
    review boolean not null
);

create table if not exists store.agreement (
    record_id varchar not null,
    document_id varchar not null,
    title varchar not null,
    kind varchar not null,
    status varchar not null,
    aliases varchar[] not null,
    date date,
    date_precision varchar,
    language varchar,
    confidence double not null,
    review boolean not null
);

create table if not exists store.funding (
    record_id varchar not null,
    document_id varchar not null,
    amount decimal(38, 2) not null,
    amount_max decimal(38, 2),
    currency varchar not null,
    qualifier varchar not null,
    per varchar,
    restated struct(
        amount decimal(38, 2), amount_max decimal(38, 2), currency varchar, qualifier varchar, per varchar
    )[] not null,
    status varchar not null,
    purpose varchar,
    date date,
    date_precision varchar,
    agreement_record_id varchar,
    confidence double not null,
    review boolean not null
);

create table if not exists store.commitment (
    record_id varchar not null,
    document_id varchar not null,
    kind varchar not null,
    text varchar not null,
    section varchar,
    confidence double not null,
    review boolean not null
);

create table if not exists store.party (
    record_id varchar not null,   -- of the agreement, sum or commitment
    document_id varchar not null,
    role varchar not null,        -- party, funder, recipient, actor
    position integer not null,    -- its place in the record's list, from 0
    name varchar not null,        -- as the record has it
    folded varchar not null,      -- the name without case, accents and punctuation
    actor_record_id varchar       -- the actor of the same document that bears the name
);

create table if not exists store.evidence (
    record_id varchar not null,
    record_type varchar not null,
    document_id varchar not null,
    position integer not null,    -- its place in the record's list, from 0
    field varchar not null,
    char_start integer not null,
    char_end integer not null,
    page integer,
    quote varchar not null,
    finder varchar not null
);

create table if not exists store.resolution (
    record_id varchar not null,
    canonical_id varchar not null,
    rule varchar not null,
    score double not null
);

-- What entity resolution keeps, so that a new document is compared with what it shares something with, and no more.
create table if not exists store.tied (
    document_id varchar not null,
    engine varchar not null      -- of the rules that tied its records
);

create table if not exists store.member (
    record_id varchar not null,
    document_id varchar not null,
    states varchar[] not null    -- the states that an agreement binds
);

create table if not exists store.tie (
    record_id varchar not null,
    node varchar not null,       -- a register entry, a name, a pair of records
    rule varchar not null,
    score double not null
);

create table if not exists store.sign (
    document_id varchar not null,
    sign varchar not null        -- a name or figure that the text states in any language, or the family of its file
);

create table if not exists store.touched (
    record_id varchar not null   -- its cluster is to be settled again
);

create table if not exists store.judgement (
    left_id varchar not null,
    right_id varchar not null,
    verdict varchar not null     -- as of the last resolution; the file of judgements is the user's
);

create table if not exists store.quarantine (
    quarantine_id varchar not null,
    document_id varchar,
    name varchar not null,
    stage varchar not null,
    reason_code varchar not null,
    message varchar not null,
    payload json not null,
    "at" timestamp not null,
    run_id varchar not null
);

create table if not exists store.run (
    run_id varchar not null,
    started_at timestamp not null,
    ended_at timestamp,
    status varchar not null,
    documents_seen integer not null,
    documents_loaded integer not null,
    records_loaded integer not null,
    records_quarantined integer not null,
    version varchar not null,
    stages json not null
);
