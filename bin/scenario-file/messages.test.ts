/** What somebody reads who has mistyped something: the place, the field, what is wrong with it, what to write instead. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkScenario, complaintText } from './check.ts';

const EXAMPLE = readFileSync(new URL('../../examples/bookshop.yaml', import.meta.url), 'utf8');

/** The example with some of its text changed; each change must have its place. */
function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, EXAMPLE);
}

function messages(text: string): string {
  const checked = checkScenario(text);
  return checked.ok ? 'valid' : complaintText('shop.yaml', checked.complaints);
}

describe('ten malformed files give ten helpful messages', () => {
  it('1: a field that is none, with the one that was meant', () => {
    expect(messages(changed(['accessTokenLifetime:', 'accesTokenLifetime:']))).toMatchInlineSnapshot(
      `"shop.yaml:28:5 hosts.idp.accesTokenLifetime is no field here. Did you mean "accessTokenLifetime"?"`,
    );
  });
  it('2: a duration without a unit', () => {
    expect(messages(changed(['boot: 25s', 'boot: 25']))).toMatchInlineSnapshot(
      `"shop.yaml:43:11 hosts.api-{n}.boot 25 has no unit. Write 25s, 25m, 25h or 25ms."`,
    );
  });
  it('3: a preset that there is not', () => {
    expect(messages(changed(['preset: jose', 'preset: joze'], ['preset: envoy', 'preset: envoi'])))
      .toMatchInlineSnapshot(`
        "shop.yaml:41:15 hosts.api-{n}.verifier.preset "joze" is not known here. Did you mean "jose"?
        shop.yaml:57:13 hosts.api-edge.preset "envoi" is not known here. Did you mean "envoy"?"
      `);
  });
  it('4: a moment that is none, and one before the start', () => {
    expect(messages(changed(['at: 09:25', 'at: half past nine'], ['from: t0\n', 'from: t0-2h\n'])))
      .toMatchInlineSnapshot(`
        "shop.yaml:105:11 operator.response[0].at "half past nine" is no moment. Write a time of day (15:50), a date and time (2021-03-17T09:43), or t0+8m, t0-4m, start+90s.
        shop.yaml:130:11 faults.keys-refused.from "t0-2h" lies before the scenario's start."
      `);
  });
  it('5: names of hosts that are not there', () => {
    const text = changed(
      ['through: api-edge', 'through: api-egde'],
      ['[api-7, api-8]', '[api-8, api-9]'],
      ['balances: shop', 'balances: shops'],
    );
    expect(messages(text)).toMatchInlineSnapshot(`
      "shop.yaml:63:15 hosts.shop-edge.balances there is no pool of backends "shops". Did you mean "shop"?
      shop.yaml:70:14 populations.readers.through there is no host "api-egde". Did you mean "api-edge"?
      shop.yaml:122:24 events[0].actions[0].hosts[1] there is no host or pool "api-9". Did you mean "api-1"?"
    `);
  });
  it('6: a threshold that YAML reads as a block of text', () => {
    expect(messages(changed(['at least 99%', '>= 0.99']))).toMatchInlineSnapshot(
      `"shop.yaml:143:17 a value that begins with > is a block of text in YAML: put it in quotes (">= 0.99"), or write at least 0.99."`,
    );
  });
  it('7: thresholds without a sense, of another unit, of nothing that is measured', () => {
    const text = changed(
      ['at least 99%', '99%'],
      ['timeToDetect: at most 10m', 'timeToDetect: at most 10\n  servedShare: at least 1'],
    );
    expect(messages(text)).toMatchInlineSnapshot(`
      "shop.yaml:143:16 thresholds.servedRatio "99%" is no threshold. Write at least 0.99 or at least 99%.
      shop.yaml:145:17 thresholds.timeToDetect "10" is no limit of this measure. Write at most 15m.
      shop.yaml:146:3 thresholds.servedShare is no field here. There are: servedRatio, signInSuccessRatio, authPeakRatio, disruptedUserMinutes, usersHit, failedIntentions, signOuts, forcedSignIns, rateLimited, pages, instancesWithFailures, timeToDetect, timeToRecover, goodLatencyP50, goodLatencyP99, exposure."
    `);
  });
  it('8: a fault that ends before it begins, and a share above 1', () => {
    expect(messages(changed(['until: t0+12m', 'until: t0-5m']))).toMatchInlineSnapshot(
      `"shop.yaml:131:12 faults.keys-refused.until must lie after from: every fault has an end."`,
    );
    expect(messages(changed(['[0.3, 0.3, 0.2, 0.1]', '[0.3, 30, 0.2, 0.1]']))).toMatchInlineSnapshot(
      `"shop.yaml:81:27 populations.buyers.arrivalsByHour[1] must be a share from 0 to 1, not 30. 30 % is 0.3."`,
    );
  });
  it('9: a host without a role, an action that is none, more spares than hosts', () => {
    const text = changed(
      ['    role: router\n    preset: nginx', '    preset: nginx'],
      ['do: restart', 'do: reboot'],
      ['spare: 2', 'spare: 9'],
    );
    expect(messages(text)).toMatchInlineSnapshot(`
      "shop.yaml:38:12 hosts.api-{n}.spare is more than there are: 8.
      shop.yaml:60:3 hosts.shop-edge.role is missing. Take one of: idp, backend, router.
      shop.yaml:109:15 operator.response[1].actions[0].do "reboot" is not known here. Take one of: restart, start, move, set-platform, rate-limit, request."
    `);
  });
  it('10: a key twice, a tab, an empty file, a file of another version, all by their line', () => {
    expect(messages(`${EXAMPLE}id: again\n`)).toMatchInlineSnapshot(
      `"shop.yaml:147:1 id stands here a second time: each key may stand once."`,
    );
    expect(messages(changed(['  zone: CET', '\tzone: CET']))).toMatchInlineSnapshot(
      `"shop.yaml:18:1 a tab indents this line: YAML wants spaces."`,
    );
    expect(messages('')).toMatchInlineSnapshot(
      `"shop.yaml:1:1 the file holds no scenario. Begin with: authdrill init --blank"`,
    );
    expect(messages(changed(['authdrill: 1 ', 'authdrill: 2 ']))).toMatchInlineSnapshot(
      `"shop.yaml:11:12 authdrill 2 is no version that this program reads: write 1."`,
    );
  });
});

describe('complaints', () => {
  it('come all at once, in the order of the file', () => {
    const text = changed(
      ['users: 300', 'users: many'],
      ['role: idp', 'role: ipd'],
      ['mechanism: status', 'mechanism: statsu'],
      ['- readiness-gate', '- readyness-gate'],
      ['title: ', 'titel: '],
    );
    expect(messages(text)).toMatchInlineSnapshot(`
      "shop.yaml:11:1 title is missing.
      shop.yaml:13:1 titel is no field here. Did you mean "title"?
      shop.yaml:26:11 hosts.idp.role "ipd" is not known here. Did you mean "idp"?
      shop.yaml:69:12 populations.readers.users must be a whole number of 1 or more, not "many".
      shop.yaml:126:16 faults.keys-refused.mechanism "statsu" is not known here. Did you mean "status"?
      shop.yaml:138:5 mitigations[3] there is no mitigation "readyness-gate". Did you mean "readiness-gate"?"
    `);
  });
  it('name knobs that contradict each other, and clocks that do', () => {
    expect(messages(changed(['statusOnKeysUnavailable: 503 ', 'refreshAhead: 30m ']))).toMatchInlineSnapshot(
      `"shop.yaml:41:7 hosts.api-{n}.verifier refreshAhead is 30m. It must be below ttl, or every request refreshes."`,
    );
    expect(messages(changed(['  lasts: 1h ', '  end: 08:40\n  lasts: 1h ']))).toMatchInlineSnapshot(
      `"shop.yaml:22:8 clock.end must lie after t0."`,
    );
  });
  it('know an id of another kind of thing', () => {
    expect(messages(changed(['id: bookshop', 'id: My Shop!']))).toMatchInlineSnapshot(
      `"shop.yaml:12:5 id "My Shop!" is no id: use small letters, digits and hyphens."`,
    );
  });
});
