-- The warehouse, in the order of the data's way. Columns that follow from the form are not here:
-- schema.py declares requests, disclosure and proceedings from etl.form.

create type cell_state as enum ('number', 'blank', 'dash', 'unreadable', 'absent');
create type report_scope as enum ('agency', 'rollup');
create type check_outcome as enum ('pass', 'fail', 'undecided');
create type finding_severity as enum ('error', 'query', 'note');

-- What was read, file by file, kept by content so that a later build need not read it again.

create table source (
    source_id varchar not null,          -- sha256 of the bytes
    path varchar not null,               -- from the source's folder on; archive.zip!/member inside
    format varchar,
    bytes bigint not null,
    status varchar not null,             -- loaded, rejected, superseded, duplicate
    reason varchar,                      -- code of refusals.csv; for superseded, the path preferred
    read_at timestamp not null,
    reason_zh varchar,
    reason_en varchar,
    reason_place varchar,
    reader_version varchar not null,
    root varchar not null,               -- the folder that path starts from
    reading_key varchar not null,        -- of the reading: the bytes' digest, with the path where
                                         -- the file's name had to tell agency or year
    primary key (root, path)
);

create table reading (
    reading_id integer primary key,
    source_id varchar not null,
    part smallint not null,              -- from 1; a file may hold several reports
    agency_printed varchar not null,
    year smallint not null,
    form varchar not null,
    scope report_scope not null,
    title varchar not null,
    published_on date,
    sections_found utinyint[] not null,
    cell_values double[] not null,       -- in the order of form_cell.cell_no
    cell_states cell_state[] not null,
    cell_raws varchar[] not null,
    cell_places varchar[] not null,
    reading_key varchar not null         -- as in source; several files may share a reading
);

create table prose (
    reading_id integer not null,
    ordinal integer not null,
    section utinyint not null,
    text varchar not null,
    place varchar not null
);

create table reading_claim (
    reading_id integer not null,
    measure varchar not null,
    channel varchar,
    value double not null,
    approximate boolean not null,
    derived boolean not null,
    quote varchar not null,
    place varchar not null
);

create table doubt (
    reading_id integer not null,
    code varchar not null,
    section utinyint,
    item varchar,
    place varchar not null,
    detail varchar not null,
    alternative struct(party varchar, value double)[] not null   -- what else may be meant there
);

create table statement (
    reading_id integer not null,
    ordinal smallint not null,           -- the most trusted first
    what varchar not null,               -- agency, year, period, scope, published_on
    value varchar not null,
    told_by varchar not null,            -- title, period, publisher … (reading.py, ToldBy)
    quote varchar not null,
    place varchar not null,
    used boolean not null                -- the report goes under it
);

-- The form and the rules, for queries and for people who open the file without gouji.

create table form_cell (
    form varchar not null,
    cell_no smallint not null,           -- from 1, in printed order
    section utinyint not null,
    item varchar not null,
    party varchar not null,
    item_zh varchar not null,
    item_en varchar not null,
    party_zh varchar not null,
    party_en varchar not null,
    unit varchar not null,
    kind varchar not null,               -- count, change (may be negative), amount (may have decimals)
    primary key (form, cell_no)
);

create table rule (
    rule varchar primary key,
    group_name varchar not null,
    severity finding_severity not null,
    title_zh varchar not null,
    title_en varchar not null,
    basis varchar not null,
    basis_kind varchar not null,         -- law, form, practice
    explanation_zh varchar not null,
    explanation_en varchar not null
);

create table setting (
    rule varchar not null,
    parameter varchar not null,
    value json not null,                 -- in force
    default_value json not null,
    given boolean not null,              -- set by the office
    label_zh varchar not null,
    label_en varchar not null,
    primary key (rule, parameter)
);

-- Agencies and reports.

create table roster (
    agency varchar primary key,
    short_name varchar,
    level varchar,
    kind varchar,
    region varchar,
    parent varchar,
    aliases varchar[] not null,
    reports_from smallint,
    reports_to smallint
);

create table agency (
    agency_id bigint primary key,
    agency varchar not null unique,
    short_name varchar,
    level varchar,
    kind varchar,
    region varchar,
    region_code varchar,
    parent_id bigint,
    on_roster boolean not null,
    reports_from smallint,
    reports_to smallint
);

create table report (
    report_id bigint primary key,
    agency_id bigint not null,
    agency varchar not null,
    year smallint not null,
    form varchar not null,
    scope report_scope not null,
    title varchar not null,
    published_on date,
    source_id varchar not null,
    reading_id integer not null
);

-- Readings for an agency, year and scope that another reading speaks for.

create table passed_over (
    report_id bigint not null,
    reading_id integer primary key,
    path varchar not null,
    published_on date                    -- as it would be the report's, had this reading been taken
);

-- What was stated of a report's identity, in it and in the names of its files and folders.

create table stated (
    report_id bigint not null,
    what varchar not null,
    value varchar not null,
    told_by varchar not null,
    quote varchar not null,
    place varchar not null,
    used boolean not null,
    agency_id bigint                     -- of the agency that is named, where it is a known one
);

-- Figures that the office has put right; what is printed stays as it is.

create table correction (
    line integer not null,               -- of the office's file
    agency varchar not null,             -- as the office names it
    year smallint not null,
    scope report_scope not null,
    section utinyint not null,
    item varchar not null,
    party varchar not null,
    value double not null,
    printed varchar,                     -- the text that the office saw, where it says so
    reason varchar not null,
    who varchar not null,
    recorded_on date not null,
    report_id bigint                     -- matched anew by each build
);

create view cell as
select printed.report_id, form_cell.section, form_cell.item, form_cell.party,
       printed.value, printed.state, printed.raw, printed.place, correction.value as corrected
from (
    select report.report_id, report.form,
           generate_subscripts(reading.cell_states, 1) as cell_no,
           unnest(reading.cell_values) as value,
           unnest(reading.cell_states) as state,
           unnest(reading.cell_raws) as raw,
           unnest(reading.cell_places) as place
    from report join reading using (reading_id)
) as printed
join form_cell on form_cell.form = printed.form and form_cell.cell_no = printed.cell_no
left join correction
  on correction.report_id = printed.report_id and correction.section = form_cell.section
 and correction.item = form_cell.item and correction.party = form_cell.party;

create view claim as
select report.report_id, reading_claim.measure, reading_claim.channel, reading_claim.value,
       reading_claim.approximate, reading_claim.derived, reading_claim.quote, reading_claim.place
from report join reading_claim using (reading_id);

-- Checks.

create table check_result (
    report_id bigint,                    -- null where the check is that a report exists
    rule varchar not null,
    outcome check_outcome not null,
    compared integer not null,           -- groups that could be compared
    agency_id bigint not null,
    year smallint not null
);

create table finding (
    finding_id varchar primary key,
    report_id bigint,
    agency varchar not null,
    year smallint not null,
    rule varchar not null,
    severity finding_severity not null,
    attribution varchar not null,        -- report, reading, unclear
    section utinyint,
    item varchar,
    party varchar,
    left_value double,
    right_value double,
    delta double,
    message_zh varchar not null,
    message_en varchar not null,
    evidence json not null,
    agency_id bigint not null,
    scope report_scope not null,
    region varchar,
    level varchar,
    kind varchar,
    impact double,                       -- 0 to 1: what of the published totals is in doubt by it
    impact_reason json                   -- how impact comes about, checks/impact.py
);

create table suspect (
    report_id bigint not null,
    rank smallint not null,
    item varchar not null,
    party varchar not null,
    printed double,                      -- null where the cell is blank or unreadable
    proposed double,
    explains integer not null,           -- failing identities that it mends
    section utinyint not null,
    slip varchar not null,               -- the kind of slip, checks/suspects/slips.py
    cost double not null,                -- of the whole solution; orders those with as many cells
    ties integer not null,               -- solutions of the fault with this cost
    fault smallint not null,             -- what is mended together; counted within a report, or
                                         -- over the years that it ties
    solution smallint not null,          -- of the fault; its rows belong together
    cells smallint not null,             -- changed by the solution
    determined boolean not null          -- no other set of as few cells satisfies the identities
);

-- The years in which what an agency hands on to the next year doesn't follow; see the view ledger.

create table ledger_break (
    report_id bigint not null,
    ledger varchar not null,             -- the rule: carry-over, in-force-ledger, items-ledger,
                                         -- pending-cases
    party varchar not null,              -- applicant, route, or the row of section 2
    side varchar not null,               -- whose figure moved: opening (this year's), closing (the
                                         -- earlier year's), unclear
    told_by varchar,                     -- restated, as this tells: correction, copy, balance,
                                         -- returned
    first_break_year smallint            -- of the ledger, leaving restated years aside
);

-- Whose wording a report shares: its agency's of the year before, or another agency's.

create table text_copy (
    report_id bigint not null,
    other_report_id bigint not null,
    kind varchar not null,               -- repeated, copied
    share double not null,               -- of the report's own wording that stands in the other
    characters integer not null,
    tied boolean not null,               -- neither report is known to be the older
    cluster_id bigint not null,          -- the oldest report of all that hang together
    passages struct(text varchar, place varchar, other_text varchar, other_place varchar)[] not null
);

-- How plausible it is that every figure of a report is 0, with what speaks for and against it.

create table zero_grade (
    report_id bigint primary key,
    grade varchar not null,              -- expected, unclear, implausible
    score integer not null,              -- sum of the weights
    reasons json not null                -- [{code, weight, numbers {figure, count, of}, zh, en}]
);

-- Rates among those of like agencies: a funnel for each year, measure and group of peers.

create table funnel (
    funnel_id integer primary key,
    year smallint not null,
    scope report_scope not null,
    measure varchar not null,            -- a rate of etl/measures/measures.csv
    level varchar,
    body varchar,                        -- null where the peers are all bodies of the level
    peers integer not null,
    target double not null,              -- the rate around which the group scatters, 0 to 1
    spread double not null               -- intraclass correlation: how much, 0 to 1
);

create table funnel_limit (
    funnel_id integer not null,
    cases integer not null,              -- good to the next row's
    lower_998 double not null,
    lower_95 double not null,
    upper_95 double not null,
    upper_998 double not null
);

create table funnel_rate (
    report_id bigint not null,
    funnel_id integer not null,
    numerator double not null,
    denominator double not null,
    cases integer not null               -- its limits' row in funnel_limit
);

create view funnel_report as
select report_id, funnel_id, measure, numerator, denominator, numerator / denominator as rate,
       target, spread, peers, level as peer_level, body as peer_body,
       lower_998, lower_95, upper_95, upper_998,
       (numerator / denominator - target) / nullif(sqrt(
           target * (1 - target) * (1 / denominator + spread * (1 - 1 / denominator))
       ), 0) as z
from funnel_rate join funnel using (funnel_id) join funnel_limit using (funnel_id, cases);

create table snapshot (
    snapshot_id varchar primary key,
    built_at timestamp not null,
    gouji_version varchar not null,
    reports integer not null,
    sources integer not null,
    schema_version varchar not null      -- digest of these declarations
);
