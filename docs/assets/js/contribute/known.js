/* What the tables hold already: ids and names, and the works of studies and records. */

export const known = (ids, works) => {
  const names = Object.fromEntries(Object.entries(ids).map(([table, rows]) => [table, new Map(rows)]));
  const studies = works.studies.map(([id, title, record, ...keys]) => ({ id, title, record, keys }));
  const records = works.records.map(([id, title, study, decision, reason, ...keys]) => ({ id, title, study, decision, reason, keys }));
  const byWork = (rows) => new Map(rows.toReversed().flatMap((row) => row.keys.map((work) => [work, row])));
  const [studyBy, recordBy] = [byWork(studies), byWork(records)];
  const recordIds = new Set(records.map(({ id }) => id));
  const other = (study, of) => (study && study.id !== of ? study.id : "");

  return {
    names,
    studies,
    records,
    has: (tables, id) => tables.some((table) => (table === "records" ? recordIds.has(id) : names[table].has(id))),
    studyOf: (work, of) => other(studyBy.get(work), of),
    studyWith: (record, of) => other(studies.find((study) => study.record.toLowerCase() === record.toLowerCase()), of),
    recordOf: (work) => recordBy.get(work),
    /* What is to be done where a study's work is that of a record that it does not name. */
    said: ({ id, study, decision, reason }) => {
      if (study) return { message: `is missing: the work is that of record ${id}, which is coded as “${study}”` };
      if (decision === "exclude")
        return { message: `is missing: the work is that of record ${id}, which was excluded (${reason}); if it belongs here, open an issue and say why` };
      return { message: `is missing: the work is that of record ${id}, which waits to be coded`, fix: id };
    },
  };
};
