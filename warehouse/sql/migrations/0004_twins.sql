-- Which documents are twins, and which of their signs are common: so that what came or went brings the same twins
-- together, or parts them, as looking at all documents at once would.
create table store.common (
    sign varchar not null        -- in so many documents that it tells nothing, as of the last resolution
);

create table store.stirred (
    sign varchar not null        -- of a document that came or went since
);

create table store.twin (
    left_id varchar not null,    -- two documents that are one text, the smaller id first
    right_id varchar not null
);

-- the next resolution looks at every document again
delete from store.tied;
