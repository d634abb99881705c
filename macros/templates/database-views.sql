-- The views of /data/principles.sqlite, for the questions that are asked most. The page on data shows how to ask them.

-- Who does what about a principle?
CREATE VIEW who_does_what AS
SELECT link.principle_number AS principle, principles.title AS principle_title, stakeholders.name AS stakeholder,
  stakeholder_kinds.label AS kind, practices.name AS practice, practices.text AS text, practice_statuses.label AS status,
  practices.date AS date, practices.confidence AS confidence, practices.address AS address
FROM practices
JOIN practices_principles AS link ON link.practice_id = practices.id
JOIN principles ON principles.number = link.principle_number
JOIN stakeholders ON stakeholders.id = practices.stakeholder
JOIN stakeholder_kinds ON stakeholder_kinds.code = stakeholders.kind
JOIN practice_statuses ON practice_statuses.code = practices.status
ORDER BY principle, stakeholder, date;

-- Who endorsed the principles, and when is that first on record?
CREATE VIEW who_endorsed AS
SELECT stakeholders.name AS stakeholder, stakeholder_kinds.label AS kind, min(roles.date) AS date, roles.text AS record,
  coalesce(roles.confidence, stakeholders.confidence) AS confidence, stakeholders.address AS address
FROM stakeholders
JOIN stakeholder_kinds ON stakeholder_kinds.code = stakeholders.kind
LEFT JOIN stakeholders_roles AS roles ON roles.stakeholder_id = stakeholders.id AND roles.endorsed
WHERE stakeholders.status = 'endorsed'
GROUP BY stakeholders.id
ORDER BY date, stakeholder;

-- Which laws bear on a principle, how, and how far have they come?
CREATE VIEW law_on_principles AS
SELECT link.principle AS principle, principles.title AS principle_title, countries.label AS country, laws.name AS law,
  law_relations.label AS relation, law_stages.label AS stage, laws.date AS date, laws.until AS until, link.text AS text,
  coalesce(link.confidence, laws.confidence) AS confidence, laws.address AS address
FROM laws
JOIN laws_links AS link ON link.law_id = laws.id
JOIN principles ON principles.number = link.principle
JOIN countries ON countries.code = laws.country
JOIN law_relations ON law_relations.code = link.relation
JOIN law_stages ON law_stages.code = laws.stage
ORDER BY principle, country, date;

-- What happened, in order?
CREATE VIEW timeline AS
SELECT events.date AS date, events.date_from AS date_from, events.date_to AS date_to, events.until AS until,
  event_kinds.label AS kind, events.title AS title, events.text AS text,
  (SELECT group_concat(link.principle_number, ' | ') FROM events_principles AS link WHERE link.event_id = events.id)
    AS principles,
  (SELECT group_concat(link.country_code, ' | ') FROM events_countries AS link WHERE link.event_id = events.id)
    AS countries,
  events.confidence AS confidence, events.address AS address
FROM events
JOIN event_kinds ON event_kinds.code = events.kind
ORDER BY events.date_from, events.date, events.title;

-- Which numbers does a figure have, and where can they not be compared?
CREATE VIEW numbers AS
SELECT figure, figure_name, series_label, unit, "at", value, shown, break_before, confidence, address
FROM figure_values
WHERE value IS NOT NULL;

-- Which records rest on a source, and how many places in them?
CREATE VIEW what_rests_on AS
SELECT sources.id AS source, sources.publisher AS publisher, sources.title AS title, sources.date AS date,
  ways_of_reading.label AS read, cited_sources.collection AS collection, cited_sources.id AS record,
  count(*) AS places, sources.url AS url
FROM cited_sources
JOIN sources ON sources.id = cited_sources.source_id
JOIN ways_of_reading ON ways_of_reading.code = sources.read
GROUP BY sources.id, cited_sources.collection, cited_sources.id
ORDER BY sources.id, collection, record;
