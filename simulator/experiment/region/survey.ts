/**
 * The survey of the region of assumptions, stage by stage: the defaults and how large a run is; how far each assumption alone
 * can go; sets drawn until enough pass all facts; all arms under each of them; one assumption at a time.
 */
import { tokenLifetimeMs, type Catalogue } from '../arms.ts';
import type { ArmRun } from '../result.ts';
import type { RegionArm, RegionExperiment, RegionMember } from '../result-region.ts';
import { checkedValues } from '../trial.ts';
import { SetDraw } from './draw.ts';
import type { FactRun } from './fact-run.ts';
import { armJobs, factJob, reasonAgainst, varied, type SurveyJob, type SurveyPlan, type SurveyRun } from './plan.ts';
import { Probe } from './probe.ts';
import { Scan, type ScanQuestion } from './scan.ts';
import { surveyDocument, type SurveyedSet } from './survey-document.ts';

/** Larger systems behave alike and cost their size: a set that is much larger than the defaults is left out, and said so. */
const LARGEST_EVENT_RATIO = 4;

const STAGES = ['defaults', 'probe', 'draw', 'arms', 'scan', 'over'] as const;

export class Survey {
  readonly #catalogue: Catalogue;
  readonly #plan: SurveyPlan;
  readonly #probe: Probe;
  readonly #draw: SetDraw;
  #scan: Scan | undefined;
  #stage: (typeof STAGES)[number] = 'defaults';
  #take: (runs: readonly SurveyRun[]) => void = () => undefined;
  #eventLimit = Infinity;
  #members: readonly RegionMember[];
  #defaults: ReadonlyMap<string | null, readonly ArmRun[]> = new Map();
  #sets: readonly SurveyedSet[] = [];
  readonly #factsAtScan = new Map<string, boolean | null>();

  constructor(catalogue: Catalogue, plan: SurveyPlan) {
    this.#catalogue = catalogue;
    this.#plan = plan;
    const assumptions = varied(plan);
    this.#probe = new Probe(assumptions);
    this.#draw = new SetDraw(assumptions, (id) => this.#probe.extentOf(id), plan.assumptions, plan.setCount);
    const chosen = catalogue.mitigations.filter(({ id }) => plan.mitigations.includes(id));
    this.#members = chosen.map(({ id, sentence }) => {
      const reason = reasonAgainst(catalogue, plan, id, plan.assumptions);
      return { id, sentence, ...(reason === undefined ? {} : { leftOut: { status: 'n/a' as const, reason } }) };
    });
  }

  /** The runs to do now, in a fixed order; none when the survey is over. */
  next(): readonly SurveyJob[] {
    while (this.#stage !== 'over') {
      const jobs = this.#jobs();
      if (jobs.length > 0) return jobs;
      this.#stage = STAGES[STAGES.indexOf(this.#stage) + 1]!;
    }
    return [];
  }

  take(runs: readonly SurveyRun[]): void {
    this.#take(runs);
  }

  result(): RegionExperiment {
    return surveyDocument({
      plan: this.#plan,
      members: this.#members,
      draw: this.#draw,
      largestEventRatio: LARGEST_EVENT_RATIO,
      sets: this.#sets,
      defaults: this.#defaults,
      scan: (this.#scan?.places ?? []).map((place) => {
        const factsHold = this.#factsAtScan.get(`${place.assumption.id}=${place.value}`) ?? null;
        return { ...place, factsHold };
      }),
    });
  }

  #jobs(): readonly SurveyJob[] {
    switch (this.#stage) {
      case 'defaults':
        return this.#defaults.size === 0 ? this.#askDefaults() : [];
      case 'probe':
        return this.#askProbe();
      case 'draw':
        return this.#askSets();
      case 'arms':
        return this.#sets.length === 0 ? this.#askArms() : [];
      case 'scan':
        return this.#askScan();
      case 'over':
        return [];
    }
  }

  #askDefaults(): readonly SurveyJob[] {
    const { scanSeeds, assumptions } = this.#plan;
    const arms = [null, ...this.#engaged()];
    this.#take = ([facts, ...runs]) => {
      const { outcome } = facts as FactRun;
      if (outcome === 'judged') this.#eventLimit = LARGEST_EVENT_RATIO * (facts as { eventCount: number }).eventCount;
      this.#defaults = byArm(arms, runs as readonly ArmRun[]);
      this.#members = this.#members.map((member) => this.#withPilot(member));
    };
    return [factJob(this.#plan, scanSeeds[0]!, assumptions), ...armJobs(this.#plan, arms, scanSeeds, assumptions)];
  }

  #withPilot(member: RegionMember): RegionMember {
    const runs = this.#defaults.get(member.id);
    if (runs === undefined || runs.some(({ actionCount }) => actionCount > 0)) return member;
    const reason = `0 actions in ${runs.length} seeds at the defaults`;
    return { ...member, leftOut: { status: 'not-engaged', reason } };
  }

  #askProbe(): readonly SurveyJob[] {
    const questions = this.#probe.next();
    const { scanSeeds, assumptions } = this.#plan;
    this.#take = (runs) => this.#probe.take(runs as readonly FactRun[]);
    return questions.map(({ assumption, value }) => {
      return factJob(this.#plan, scanSeeds[0]!, { ...assumptions, [assumption]: value }, this.#eventLimit);
    });
  }

  #askSets(): readonly SurveyJob[] {
    const sets = this.#draw.next();
    this.#take = (runs) => this.#draw.take(runs as readonly FactRun[]);
    return sets.map(({ number, values }) => factJob(this.#plan, this.#seedsOf(number)[0]!, values, this.#eventLimit));
  }

  #askArms(): readonly SurveyJob[] {
    const asked = this.#draw.kept().map(({ number, values }) => {
      const arms = this.#engaged().filter((id) => reasonAgainst(this.#catalogue, this.#plan, id, values) === undefined);
      return { values, seeds: this.#seedsOf(number), arms: [null, ...arms] };
    });
    this.#take = (runs) => {
      let from = 0;
      this.#sets = asked.map(({ values, seeds, arms }) => {
        const own = runs.slice(from, (from += arms.length * seeds.length)) as readonly ArmRun[];
        return { values, seeds, runs: byArm(arms, own) };
      });
    };
    return asked.flatMap(({ values, seeds, arms }) => armJobs(this.#plan, arms, seeds, values));
  }

  #askScan(): readonly SurveyJob[] {
    const { incident, scanSeeds, assumptions, scanned, effectOf } = this.#plan;
    const engaged = this.#engaged().filter((id) => scanned.includes(id));
    this.#scan ??= new Scan(
      varied(this.#plan),
      this.#defaults,
      engaged,
      (id) => this.#runnable(id),
      ({ id }, value, arm, runs) => {
        const values = checkedValues(incident, { ...assumptions, [id]: value });
        return effectOf(runs.get(null)!, runs.get(arm)!, tokenLifetimeMs(incident, values));
      },
    );
    const questions = this.#scan.next().map((question) => this.#withObjects(question));
    const valuesOf = ({ assumption, value }: ScanQuestion) => ({ ...assumptions, [assumption.id]: value });
    this.#take = (runs) => {
      let from = 0;
      const places = questions.map((question) => {
        const facts = runs[from++] as FactRun;
        const own = runs.slice(from, (from += question.arms.length * scanSeeds.length)) as readonly ArmRun[];
        const key = `${question.assumption.id}=${question.value}`;
        this.#factsAtScan.set(key, facts.outcome === 'judged' ? facts.broken.length === 0 : null);
        return { ...question, runs: byArm(question.arms, own) };
      });
      this.#scan!.take(places);
    };
    return questions.flatMap((question) => [
      factJob(this.#plan, scanSeeds[0]!, valuesOf(question), this.#eventLimit),
      ...armJobs(this.#plan, question.arms, scanSeeds, valuesOf(question)),
    ]);
  }

  #withObjects(question: ScanQuestion): ScanQuestion {
    const values = { ...this.#plan.assumptions, [question.assumption.id]: question.value };
    const hasObject = (id: string | null): boolean =>
      id === null || reasonAgainst(this.#catalogue, this.#plan, id, values) === undefined;
    return { ...question, arms: question.arms.filter(hasObject) };
  }

  /** Half the way and the whole way to each bound, as far as runs are not too large. */
  #runnable(assumption: string): readonly number[] {
    const places = this.#probe.judged(assumption).map(({ place }) => place);
    return places.filter((place) => Math.abs(place) === 1 / 2 || Math.abs(place) === 1);
  }

  #engaged(): readonly string[] {
    return this.#members.flatMap(({ id, leftOut }) => (leftOut === undefined ? [id] : []));
  }

  #seedsOf(setNumber: number): readonly number[] {
    const { seedsPerSet } = this.#plan;
    return Array.from({ length: seedsPerSet }, (_, index) => setNumber * seedsPerSet + index + 1);
  }
}

function byArm(
  arms: readonly (string | null)[],
  runs: readonly ArmRun[],
): ReadonlyMap<RegionArm['mitigation'], readonly ArmRun[]> {
  const each = arms.length === 0 ? 0 : runs.length / arms.length;
  return new Map(arms.map((arm, index) => [arm, runs.slice(index * each, (index + 1) * each)]));
}
