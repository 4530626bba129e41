/** Rows of cells as text, in columns as wide as their longest cell; the first one is the heading. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  const line = row =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
      )
      .join('  ');
  const rule = '─'.repeat(line(rows[0]).length);
  return [line(rows[0]), rule, ...rows.slice(1).map(line)].join('\n');
}
