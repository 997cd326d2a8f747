/** Measures of every run as CSV (RFC 4180): for spreadsheets and statistics packages. */
import type { MeasuredRuns } from './report-document.ts';

/** Lines end in CR LF, the last one too; null is an empty field. */
export function csvText({ columns, rows }: MeasuredRuns): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
