/* Rows as they are sent: as lines of files, as the text of an issue, and the addresses on GitHub that take them. */

const LONGEST = 8000; // characters of an address that GitHub takes

const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export const written = ({ tables, issue, repository }) => {
  const line = ({ table, cells }) => tables[table].columns.map((name) => quoted(cells[name] ?? "")).join(",");
  const filled = ({ table, cells }) => tables[table].columns.filter((name) => cells[name]);
  const block = (label, answer) => `### ${label}\n\n${answer}\n`;
  const each = (row, names) => names.map((name) => `${name}: ${row.cells[name] ?? ""}`).join("\n");

  const changes = (row) => tables[row.table].columns.filter((name) => (row.cells[name] ?? "") !== (row.before[name] ?? ""));

  /* As `python -m gen from-issue` reads it. */
  const body = ([row, ...others]) => {
    const { fields } = tables[row.table];
    const answers = row.of
      ? [block(issue.row, `${row.table}/${row.of}`), block(issue.right, each(row, changes(row)))]
      : filled(row).map((name) => block(fields[name].label, row.cells[name]));
    const rows = others.map((other) => `${other.table}\n${each(other, filled(other))}`).join("\n\n");
    return [...answers, ...(rows ? [block(issue.rows, rows)] : [])].join("\n");
  };

  /* The address of a new issue; "" where it would be too long. */
  const address = (title, text) => {
    const found = `${repository}/issues/new?${new URLSearchParams({ title, body: text })}`;
    return found.length > LONGEST ? "" : found;
  };

  return {
    line,
    changes,
    body,
    address,
    empty: `${repository}/issues/new`,
    editor: (table) => `${repository}/edit/main/data/${table}.csv`,
  };
};
