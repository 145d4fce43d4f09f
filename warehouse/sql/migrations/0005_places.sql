-- Where a quote stands on its page, so that a viewer can mark it, and whether its words were read off a picture.
-- Null in what was loaded before: `run --reprocess` fills them in.
alter table store.evidence add column if not exists recognised boolean;
alter table store.evidence add column if not exists rectangles
    struct(page integer, x0 double, y0 double, x1 double, y1 double, width double, height double)[];
