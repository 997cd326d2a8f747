/** Whether all that a scenario file names is there: hosts, pools, providers, routers, mitigations. Reads what it can of any file. */
import { mitigations } from '../../services/mitigations/index.ts';
import { hostsNamed } from './cast/placed-hosts.ts';
import { Stage } from './cast/stage.ts';
import { nearestOrAll } from './issues.ts';
import { actionLists, faultGroups, groupsOf, hasUnknownRoles, isGroup, legible, type Group } from './legible.ts';
import type { Complaint, Path, Source } from './source.ts';

/** Hosts that every play has. */
const OWN_HOSTS = ['orchestrator', 'operator', 'attacker'];

export function nameComplaints(content: object, source: Source): readonly Complaint[] {
  return new NameCheck(content as Group, source).all();
}

class NameCheck {
  readonly #content: Group;
  readonly #source: Source;
  readonly #stage: Stage;
  /** Some hosts have no role that is known: which providers and pools there are cannot be told. */
  readonly #isDoubtful: boolean;
  readonly #found: Complaint[] = [];

  constructor(content: Group, source: Source) {
    this.#content = content;
    this.#source = source;
    this.#stage = new Stage(legible(content));
    this.#isDoubtful = hasUnknownRoles(content);
  }

  all(): readonly Complaint[] {
    this.#twice();
    for (const [path, group, cell] of groupsOf(this.#content)) this.#group(path, group, cell);
    this.#populations();
    for (const [path, fault] of faultGroups(this.#content)) this.#place([...path, 'target'], fault['target']);
    for (const [path, actions] of actionLists(this.#content)) this.#actions(path, actions);
    this.#lists();
    return this.#found;
  }

  #say(path: Path, message: string, onKey = false): void {
    this.#found.push(this.#source.complaint(path, message, onKey));
  }

  #twice(): void {
    const seen = new Set(OWN_HOSTS);
    const populations = Object.entries(isGroup(this.#content['populations']) ? this.#content['populations'] : {});
    const people = populations.map(([name, entry]) => {
      const host = isGroup(entry) && typeof entry['host'] === 'string' ? entry['host'] : name;
      return { name: host, path: ['populations', name] as Path };
    });
    const machines = this.#stage.hosts.map(({ name }) => ({ name, path: ['hosts'] as Path }));
    for (const { name, path } of [...machines, ...people]) {
      if (seen.has(name)) this.#say(path, `the name "${name}" is taken: every host has one of its own.`, true);
      seen.add(name);
    }
  }

  #group(path: Path, group: Group, cell: string | undefined): void {
    const key = String(path.at(-1));
    const { count, spare, role } = group;
    const isNumbered = /\{n+\}/.test(key);
    if (typeof count === 'number' && count > 1 && !isNumbered) {
      this.#say([...path, 'count'], `needs a name with a number: call the group ${key}-{n}.`);
    }
    if (count === undefined && isNumbered) this.#say(path, 'holds {n} and says no count.', true);
    const there = typeof count === 'number' ? count : 1;
    if (typeof spare === 'number' && spare > there) {
      this.#say([...path, 'spare'], `is more than there are: ${there}.`);
    }
    if (role === 'backend') this.#backend(path, group);
    if (role === 'router') this.#router(path, group, cell);
  }

  #backend(path: Path, group: Group): void {
    const idps = this.#stage.idps.map(({ name }) => name);
    const { idp, verifier, session, platform } = group;
    const isKnown = !this.#isDoubtful;
    if (isKnown && idp !== undefined && idp !== 'none') this.#known([...path, 'idp'], idp, idps, 'idp');
    if (isKnown && verifier !== undefined && verifier !== 'none' && idp === undefined && idps.length !== 1) {
      const remedy = idps.length === 0 ? 'there is no host with the role idp' : `there are several: ${idps.join(', ')}`;
      this.#say([...path, 'verifier'], `needs an idp whose tokens it checks, and ${remedy}.`);
    }
    const bond = isGroup(session) ? session['boundTo'] : undefined;
    if (typeof bond === 'string' && !(isGroup(platform) && bond in platform)) {
      this.#say([...path, 'session', 'boundTo'], `names the platform value "${bond}", which platform does not give.`);
    }
  }

  #router(path: Path, group: Group, cell: string | undefined): void {
    if (this.#isDoubtful) return;
    const pools = this.#stage.backendPools;
    const { balances } = group;
    if (balances !== undefined) return this.#known([...path, 'balances'], balances, pools, 'pool of backends');
    const near = this.#stage.backends.filter((host) => (host.cell === undefined) === (cell === undefined));
    if (cell === undefined ? pools.length === 1 : near.length > 0) return;
    const remedy =
      near.length === 0 ? 'has no backends to balance' : `must say which pool it balances: ${pools.join(', ')}`;
    this.#say(path, `${remedy}.`, true);
  }

  #populations(): void {
    const { populations } = this.#content;
    if (!isGroup(populations)) return;
    const idps = this.#stage.idps.map(({ name }) => name);
    for (const [name, entry] of Object.entries(populations)) {
      if (!isGroup(entry)) continue;
      const path: Path = ['populations', name];
      const { kind, through, idp, at, to } = entry;
      if (kind === 'spa' || kind === 'browser-sessions') this.#through(path, kind, through);
      if (kind === 'spa') this.#provider(path, 'idp', idp, idps);
      if (kind === 'sign-ins' || kind === 'desktop-fleet') this.#provider(path, 'at', at, idps);
      if (kind === 'steady' && typeof to === 'string') this.#known([...path, 'to'], to, this.#stage.names, 'host');
    }
  }

  #through(path: Path, kind: string, through: unknown): void {
    const patterns = through === undefined ? [] : Array.isArray(through) ? through : [through];
    for (const pattern of patterns) {
      if (typeof pattern !== 'string' || hostsNamed(pattern, this.#stage.names).length > 0) continue;
      this.#unknown([...path, 'through'], pattern, this.#stage.names, 'host');
    }
    if (patterns.length > 0 || this.#isDoubtful) return;
    const doors = this.#stage.doors(undefined);
    if (doors.length === 0) this.#say(path, 'must say through which host it comes: there is no router.', true);
    if (doors.length > 1 && kind === 'spa') {
      this.#say(path, `must say through which router it comes: ${doors.join(', ')}.`, true);
    }
  }

  #provider(path: Path, field: string, named: unknown, idps: readonly string[]): void {
    if (this.#isDoubtful) return;
    if (named !== undefined) return this.#known([...path, field], named, idps, 'idp');
    if (idps.length === 1) return;
    const remedy = idps.length === 0 ? 'there is no host with the role idp' : `there are several: ${idps.join(', ')}`;
    this.#say(path, `must say in ${field} where it signs in; ${remedy}.`, true);
  }

  /** A host, a pool, or some with a star. */
  #place(path: Path, place: unknown): void {
    if (typeof place !== 'string') return;
    const pools = this.#stage.hosts.map(({ pool }) => pool);
    if (pools.includes(place) || hostsNamed(place, this.#stage.names).length > 0) return;
    this.#unknown(path, place, [...new Set([...this.#stage.names, ...pools])], 'host or pool');
  }

  #actions(path: Path, actions: readonly unknown[]): void {
    for (const [index, action] of actions.entries()) {
      if (!isGroup(action)) continue;
      const { hosts, host } = action;
      const at: Path = [...path, index];
      if (Array.isArray(hosts)) for (const [each, name] of hosts.entries()) this.#place([...at, 'hosts', each], name);
      else this.#place([...at, 'hosts'], hosts);
      this.#place([...at, 'host'], host);
    }
  }

  #lists(): void {
    const { supervised, mitigations: wanted, alerts, attacker } = this.#content;
    const ids = mitigations.map(({ id }) => id);
    for (const [index, pool] of listOf(supervised)) this.#place(['supervised', index], pool);
    for (const [index, id] of listOf(wanted)) this.#known(['mitigations', index], id, ids, 'mitigation');
    for (const [name, alert] of Object.entries(isGroup(alerts) ? alerts : {})) {
      if (!isGroup(alert)) continue;
      this.#place(['alerts', name, 'host'], alert['host']);
      this.#place(['alerts', name, 'idp'], alert['idp']);
      this.#place(['alerts', name, 'through'], alert['through']);
      for (const [index, pool] of listOf(alert['pools'])) this.#place(['alerts', name, 'pools', index], pool);
    }
    for (const kind of ['tokens', 'cookies']) {
      const door = isGroup(attacker) ? attacker[kind] : undefined;
      if (!isGroup(door)) continue;
      this.#place(['attacker', kind, 'idp'], door['idp']);
      this.#place(['attacker', kind, 'through'], door['through']);
    }
  }

  #known(path: Path, name: unknown, known: readonly string[], what: string): void {
    if (typeof name === 'string' && !known.includes(name)) this.#unknown(path, name, known, what);
  }

  #unknown(path: Path, name: string, known: readonly string[], what: string): void {
    this.#say(path, `there is no ${what} "${name}".${nearestOrAll(name, known, 'There are')}`);
  }
}

function listOf(value: unknown): readonly (readonly [number, unknown])[] {
  return Array.isArray(value) ? [...value.entries()] : [];
}
