/** The tables that a person reads, and under them what was checked and what was aimed at. */
import { hanging } from '../reports/render/wrap.ts';
import { table, type Column } from '../reports/render/table.ts';
import type { BenchDocument, BenchResult, SuiteName } from './document.ts';

interface Figure extends Column {
  readonly of: (result: BenchResult) => string;
}

const right = (title: string, of: Figure['of']): Figure => ({ title, align: 'right', of });

const NAME: Figure = { title: 'id', of: ({ id }) => id, minimum: 20 };
const NS_PER_EVENT = right('ns/event', ({ nsPerEvent }) => number(nsPerEvent));
const LEAST_TO_MOST = right('(min–max)', ({ nsPerEventSpread: spread }) => {
  return spread === null ? '–' : `${number(spread[0])}–${number(spread[1])}`;
});
const GC = right('GC share', ({ gcShare }) => (gcShare === null ? '–' : `${(gcShare * 100).toFixed(1)} %`));
const EVENTS = right('events', ({ eventCount }) => number(eventCount));
const CPU = right('CPU s', ({ cpuSeconds }) => number(cpuSeconds, 2));
const PEAK = right('peak MB', ({ peakMemoryBytes }) => number(peakMemoryBytes === null ? null : peakMemoryBytes / 1e6));

const COLUMNS: Readonly<Record<SuiteName, readonly Figure[]>> = {
  kernel: [
    NAME,
    right('M events/s', ({ eventsPerSecond }) => number(eventsPerSecond === null ? null : eventsPerSecond / 1e6, 2)),
    NS_PER_EVENT,
    LEAST_TO_MOST,
    right('wall', ({ wallNsPerEvent }) => number(wallNsPerEvent)),
    GC,
    right('bytes/client', ({ bytesPerClient }) => number(bytesPerClient)),
    right('ns/customer', ({ nsPerCustomer }) => number(nsPerCustomer)),
  ],
  replay: [
    NAME,
    EVENTS,
    CPU,
    right('wall s', ({ wallSeconds }) => number(wallSeconds, 2)),
    NS_PER_EVENT,
    LEAST_TO_MOST,
    GC,
    PEAK,
  ],
  growth: [
    NAME,
    EVENTS,
    CPU,
    NS_PER_EVENT,
    PEAK,
    right('load', ({ figures }) => times(figures['loadFactor'])),
    right('events', ({ figures }) => times(figures['eventRatio'])),
    right('CPU', ({ figures }) => times(figures['cpuRatio'])),
    right('memory', ({ figures }) => times(figures['memoryRatio'])),
  ],
  score: [
    NAME,
    right('runs', ({ figures }) => number(figures['runCount'] ?? null)),
    right('wall s', ({ wallSeconds }) => number(wallSeconds, 1)),
    CPU,
    right('CPU ms/run', ({ figures }) => number(figures['cpuMsPerRun'] ?? null)),
    right('wall ms/run', ({ figures }) => number(figures['wallMsPerRun'] ?? null)),
    PEAK,
  ],
};

export function renderBench(document: BenchDocument): string {
  const { node, platform, cpus, quick } = document;
  const head = [
    `authdrill bench on Node ${node}, ${platform}, ${cpus} cores. Times are CPU times, medians of the runs.`,
    ...(quick ? ['A quick run: it shows that everything works, its figures mean nothing.'] : []),
  ];
  return [...head, ...document.suites.flatMap((suite) => ['', ...renderSuite(document, suite)])].join('\n');
}

function renderSuite({ results }: BenchDocument, suite: SuiteName): readonly string[] {
  const own = results.filter((result) => result.suite === suite);
  const columns = COLUMNS[suite];
  const measured = own.filter(({ status }) => status === 'measured');
  const rows = measured.map((result) => columns.map(({ of }) => of(result)));
  return [...table(columns, rows), '', ...own.flatMap(renderWords)];
}

function renderWords({ id, sentence, note, ratio, suite, checks, targets }: BenchResult): readonly string[] {
  const lines = [`${id}: ${sentence}`];
  if (note !== null) lines.push(`  ${note}`);
  if (ratio !== null && suite === 'kernel') lines.push(`  ratio ${ratio.toFixed(1)}`);
  for (const { sentence: claim, holds } of checks) lines.push(...hanging(holds ? '  ok     ' : '  WRONG  ', claim));
  for (const { sentence: aim, met } of targets) lines.push(...hanging(met ? '  met    ' : '  missed ', aim));
  return lines;
}

function number(value: number | null, digits = 0): string {
  if (value === null) return '–';
  const [whole = '', fraction] = value.toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ' ');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function times(value: number | undefined): string {
  return value === undefined ? '–' : `×${value < 10 ? value.toFixed(2) : value.toFixed(0)}`;
}
