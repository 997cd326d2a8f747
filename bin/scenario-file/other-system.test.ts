/** A scenario file of somebody else's system, through the program: it runs, is judged, and reads right. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authdrillEnds } from '../../test/program/started.ts';

/** Own numbers of instances, lifetimes, verifier and router presets, alert rules, names. */
const CLINIC = `authdrill: 1
id: clinic
title: "Clinic: the key server hangs while the morning shift signs in"
clock: { zone: EST, offset: -05:00, start: 2026-01-12T06:30, t0: 07:00, lasts: 20m }
hosts:
  sso: { role: idp, zone: dmz, accessTokenLifetime: 5m, audience: records }
  records-{nn}:
    role: backend
    count: 5
    verifier: { preset: aws-jwt-verify, statusOnKeysUnavailable: 503 }
    boot: 10s
  front: { role: router, preset: haproxy }
populations:
  nurses: { kind: spa, users: 60, arriveFrom: 06:58, arriveUntil: 07:20, actionEvery: 30s }
alerts:
  through-the-front: { kind: probe, host: front, path: /public/ping, every: 20s, failuresInRow: 2 }
  key-server: { kind: probe, host: sso, path: /jwks, every: 20s, timeout: 2s, failuresInRow: 2, aboutDependency: true }
events:
  - { at: 07:01, label: morning deploy, actions: [{ do: restart, hosts: records, every: 15s }] }
faults:
  key-server-hangs: { mechanism: hang, target: sso, endpoints: [/jwks], from: t0, until: t0+10m }
mitigations: [lazy-fetch, stale-if-error, last-known-good-disk]
thresholds:
  servedRatio: at least 99.9%
  timeToDetect: at most 2m
  exposure: within budget
`;

let folder = '';
let path = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authdrill-clinic-'));
  path = join(folder, 'clinic.yaml');
  writeFileSync(path, CLINIC);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a scenario file of another system', () => {
  it('is replayed in its own words, fails its thresholds and exits with 1', async () => {
    const { exitCode, stdout } = await authdrillEnds(['replay', path, '--seed', '3', '--quiet']);
    expect(stdout).toMatch(/^clinic\nClinic: the key server hangs while the morning shift signs in\n/);
    expect(stdout).not.toContain('public report');
    expect(stdout).toContain('Timeline (EST)\n  07:01  morning deploy');
    expect(stdout).toMatch(/07:00 to 07:10 {2}key-server-hangs: sso accepts the request and never answers, on \/jwks/);
    expect(stdout).toMatch(/servedRatio +FAIL +at least 99\.9 % +\d/);
    expect(stdout).toMatch(/timeToDetect +PASS +at most 2 min +\d/);
    expect(stdout).toMatch(/FAIL: not kept: servedRatio\.\nAgain: .*replay .*clinic\.yaml --seed 3\n$/);
    expect(exitCode).toBe(1);
  });

  it('gives the same document on one core and on many, and under the same seed always', async () => {
    const [one, many] = await Promise.all(
      ['1', '2'].map((workers) =>
        authdrillEnds(['replay', path, '--seeds', '1..2', '--json', '--workers', workers, '-q']),
      ),
    );
    expect(many!.stdout).toBe(one!.stdout);
    const { verdict, thresholds, replays } = JSON.parse(one!.stdout) as {
      verdict: string;
      thresholds: readonly { measure: string; verdict: string }[];
      replays: readonly { scenario: string; traceHash: string }[];
    };
    // One of the two seeds escapes: two are too few to tell.
    expect(verdict).toBe('INCONCLUSIVE');
    expect(one!.exitCode).toBe(3);
    expect(thresholds.map(({ measure }) => measure)).toEqual(['servedRatio', 'timeToDetect', 'exposure']);
    expect(new Set(replays.map(({ traceHash }) => traceHash)).size).toBe(2);
    expect(replays.map(({ scenario }) => scenario)).toEqual(['clinic', 'clinic']);
  });

  it('is scored with the mitigations that it names, each held against its thresholds', async () => {
    const { exitCode, stdout } = await authdrillEnds(['score', path, '--seeds', '2', '--quiet']);
    expect(stdout).toContain('3 mitigations against the response that the file dates');
    expect(stdout).toMatch(/Scorecard clinic, 2 seeds/);
    expect(stdout).toMatch(/with the mitigation +thresholds/);
    expect(stdout).toMatch(/stale-if-error +n\/a: verification keys never go stale here/);
    expect(stdout).toMatch(/last-known-good-disk +PASS/);
    expect(stdout).toContain('INCONCLUSIVE: cannot be told from 2 seeds: servedRatio. More seeds may tell.');
    expect(stdout).not.toContain('public report');
    expect(exitCode).toBe(3);
  });

  it('is explained by the clock of the file', async () => {
    const { exitCode, stdout } = await authdrillEnds(['explain', path, '--seed', '3', '--quiet']);
    expect(stdout).toMatch(/The request of u\d+ at 07:\d\d:\d\d EST/);
    expect(exitCode).toBe(0);
  });

  it('passes with 0 once its thresholds allow it, and is inconclusive with 3 when its fault is never felt', async () => {
    const lenient = join(folder, 'lenient.yaml');
    writeFileSync(lenient, CLINIC.replace('at least 99.9%', 'at least 1%'));
    expect((await authdrillEnds(['replay', lenient, '-q'])).exitCode).toBe(0);
    const unfelt = join(folder, 'unfelt.yaml');
    writeFileSync(unfelt, CLINIC.replace('endpoints: [/jwks]', 'endpoints: [/nowhere]'));
    const { exitCode, stdout } = await authdrillEnds(['replay', unfelt, '-q']);
    expect(stdout).toContain('INCONCLUSIVE: no request met key-server-hangs on seed 1, so this proves nothing.');
    expect(exitCode).toBe(3);
  });
});

describe('a wrong file', () => {
  it('ends every command that would play it with 2 and all complaints, before anything is done', async () => {
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(wrong, CLINIC.replace('count: 5', 'count: five').replace('preset: haproxy', 'preset: haproxi'));
    const output = join(folder, 'result.json');
    for (const command of ['replay', 'score', 'explain', 'validate']) {
      const { exitCode, stdout, stderr } = await authdrillEnds([command, wrong, '--quiet', '--output', output]);
      expect(exitCode).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain(
        `${wrong}:9:12 hosts.records-{nn}.count must be a whole number of 1 or more, not "five".\n`,
      );
      expect(stderr).toContain('hosts.front.preset "haproxi" is not known here. Did you mean "haproxy"?');
    }
  });

  it('that is not there is said so, with what to do', async () => {
    const { exitCode, stderr } = await authdrillEnds(['replay', join(folder, 'none.yaml')]);
    expect(stderr).toMatch(/none\.yaml cannot be read: there is no such file\. Write one with: authdrill init/);
    expect(exitCode).toBe(2);
  });

  it('may not take the id of a published incident', async () => {
    const taken = join(folder, 'taken.yaml');
    writeFileSync(taken, CLINIC.replace('id: clinic', 'id: napta-2025-12-19'));
    const { exitCode, stderr } = await authdrillEnds(['replay', taken]);
    expect(stderr).toContain('the id "napta-2025-12-19" is that of the published incident');
    expect(exitCode).toBe(2);
  });
});

describe('init', () => {
  it('writes the small example under the new name, whole, and not over a file', async () => {
    const mine = join(folder, 'mine.yaml');
    expect((await authdrillEnds(['init', '--blank', '--output', mine, '-q'])).exitCode).toBe(0);
    const text = readFileSync(mine, 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=.*schemas\/scenario\.schema\.json\n/);
    expect(text).toContain('#   authdrill replay mine.yaml');
    const { exitCode, stdout } = await authdrillEnds(['validate', mine]);
    expect(stdout).toMatch(/mine\.yaml: valid\. bookshop: 14 hosts, 2 populations, 1 fault\./);
    expect(exitCode).toBe(0);
    const again = await authdrillEnds(['init', '--blank', '--output', mine]);
    expect(again.stderr).toMatch(/mine\.yaml is there already\. Choose another name, or --force\./);
    expect(again.exitCode).toBe(2);
  });

  it('wants to know what to begin with', async () => {
    const { exitCode, stderr } = await authdrillEnds(['init']);
    expect(stderr).toContain('init needs something to begin with. Give a published incident');
    expect(exitCode).toBe(2);
  });
});
