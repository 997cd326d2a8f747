/**
 * An experiment that looks before it goes on: a pilot finds the arms that never act, a rule says when an arm has run on enough
 * seeds, and a fair day on which an arm is its control is not run again. What comes next follows from the runs so far alone,
 * so the document has the same bytes on one core and on many.
 */
import { experimentOf, withoutObject, type Catalogue, type ExperimentPlan, type Job } from './arms.ts';
import type { ArmRun, ExperimentResult, Stopping } from './result.ts';
import type { Timetable } from './trial.ts';

export interface CampaignPlan extends Omit<ExperimentPlan, 'incidents'> {
  readonly incident: string;
  readonly stopping: Stopping;
  /** Of rule `precision`: whether an arm may stop, from the harm of its control and its own on the same seeds. */
  readonly isPrecise?: (controlHarm: readonly number[], armHarm: readonly number[]) => boolean;
}

/** An arm (`''`: the control), and how far it has come. */
interface Course {
  readonly mitigation: string;
  /** Seeds of the plan that it is to run on, the first ones. */
  targetCount: number;
  isEngaged: boolean;
  isOver: boolean;
}

type Request = readonly [timetable: Timetable, mitigation: string, seed: number];

export class Campaign {
  readonly #catalogue: Catalogue;
  readonly #plan: CampaignPlan;
  readonly #courses: readonly Course[];
  readonly #runs = new Map<string, ArmRun>();
  #asked: readonly Request[] = [];
  #stage: 'pilot' | 'looks' | 'fair days' | 'over' = 'pilot';

  constructor(catalogue: Catalogue, plan: CampaignPlan) {
    this.#catalogue = catalogue;
    this.#plan = plan;
    const reasons = withoutObject(catalogue, { ...plan, incidents: [plan.incident] });
    const known = catalogue.mitigations.map(({ id }) => id);
    const arms = known.filter((id) => plan.mitigations.includes(id) && !reasons.has(`${plan.incident}/${id}`));
    const targetCount = firstTarget(plan);
    this.#courses = ['', ...arms].map((mitigation) => ({ mitigation, targetCount, isEngaged: true, isOver: false }));
  }

  /** The runs to do now, in a fixed order; none when the experiment is over. */
  next(): readonly Job[] {
    while (this.#stage !== 'over') {
      this.#asked = this.#requests().filter((request) => !this.#runs.has(keyOf(request)));
      if (this.#asked.length > 0) return this.#asked.map((request) => this.#jobOf(request));
      this.#advance();
    }
    return [];
  }

  /** Takes the runs that `next` asked for, in its order. */
  take(runs: readonly ArmRun[]): void {
    for (const [index, request] of this.#asked.entries()) this.#runs.set(keyOf(request), runs[index]!);
  }

  result(): ExperimentResult {
    const { incident, stopping } = this.#plan;
    const control = this.#courses[0]!;
    const seeds = this.#plan.seeds.slice(0, control.targetCount);
    const plan = { ...this.#plan, incidents: [incident], seeds };
    const document = experimentOf(this.#catalogue, plan, (_, mitigation, timetable) => {
      return this.#runsOf(mitigation ?? '', timetable);
    });
    const stopped = new Set(this.#courses.flatMap(({ mitigation, isEngaged }) => (isEngaged ? [] : [mitigation])));
    const incidents = document.incidents.map((experiment) => ({
      ...experiment,
      stopping,
      arms: experiment.arms.map((arm) => (stopped.has(arm.mitigation!) ? { ...arm, stoppedAfterPilot: true } : arm)),
    }));
    return { ...document, incidents };
  }

  /** All runs that the present stage needs, whether done or not. */
  #requests(): readonly Request[] {
    const { fairWeatherSeeds, byReportsSeeds = [] } = this.#plan;
    const engaged = this.#courses.filter(({ isEngaged }) => isEngaged);
    if (this.#stage === 'fair days')
      return across(
        'fair-weather',
        fairWeatherSeeds,
        this.#courses.filter((course) => this.#isPriced(course)),
      );
    const scored = this.#courses.flatMap(({ mitigation, targetCount }) => {
      return this.#plan.seeds.slice(0, targetCount).map((seed): Request => ['scored', mitigation, seed]);
    });
    if (this.#stage === 'pilot') return bySeed(scored);
    return [
      ...bySeed(scored),
      ...across('scored-by-reports', byReportsSeeds, engaged),
      ...across('fair-weather', fairWeatherSeeds.slice(0, 1), engaged),
    ];
  }

  #advance(): void {
    if (this.#stage === 'pilot') {
      this.#endPilot();
      this.#stage = 'looks';
    } else if (this.#stage === 'looks') {
      if (!this.#look()) this.#stage = 'fair days';
    } else this.#stage = 'over';
  }

  #endPilot(): void {
    const { stopping, seeds } = this.#plan;
    const afterPilot = stopping.rule === 'fixed' ? seeds.length : Math.min(seeds.length, stopping.minimumSeedCount!);
    for (const course of this.#courses) {
      const runs = this.#runsOf(course.mitigation, 'scored');
      const acted = runs.some(({ actionCount }) => actionCount > 0);
      course.isEngaged = course.mitigation === '' || stopping.pilotSeedCount === 0 || acted;
      course.isOver = !course.isEngaged;
      if (course.isEngaged) course.targetCount = afterPilot;
    }
    this.#holdControl();
  }

  /** Gives each arm that is not yet precise another batch. Returns whether any has got one. */
  #look(): boolean {
    const { stopping, seeds, isPrecise } = this.#plan;
    if (stopping.rule === 'fixed') return false;
    const harmOf = (mitigation: string): readonly number[] =>
      this.#runsOf(mitigation, 'scored').map(({ measures }) => measures.disruptedUserMinutes);
    // Whoever has not stopped is as far as the control: the two are compared seed by seed.
    const control = harmOf('');
    for (const course of this.#courses) {
      if (course.mitigation === '' || course.isOver) continue;
      const harm = harmOf(course.mitigation);
      course.isOver = course.targetCount >= seeds.length || isPrecise!(control, harm);
      if (!course.isOver) course.targetCount = Math.min(seeds.length, course.targetCount + stopping.batchSeedCount!);
    }
    this.#holdControl();
    return this.#courses.some(({ mitigation, isOver }) => mitigation !== '' && !isOver);
  }

  /** The control runs wherever an arm does: they are compared seed by seed. */
  #holdControl(): void {
    this.#courses[0]!.targetCount = Math.max(...this.#courses.map(({ targetCount }) => targetCount));
  }

  /** An arm that was its control on the first fair day, to the last event and figure, will be so on the others. */
  #isPriced({ mitigation, isEngaged }: Course): boolean {
    if (mitigation === '') return true;
    return isEngaged && !this.#isControlOnFairDay(mitigation);
  }

  #isControlOnFairDay(mitigation: string): boolean {
    const [control] = this.#stored('', 'fair-weather');
    const [arm] = this.#stored(mitigation, 'fair-weather');
    return control !== undefined && arm !== undefined && isSameRun(control, arm);
  }

  #runsOf(mitigation: string, timetable: Timetable): readonly ArmRun[] {
    const own = this.#stored(mitigation, timetable);
    if (timetable !== 'fair-weather' || mitigation === '' || !this.#isControlOnFairDay(mitigation)) return own;
    return this.#stored('', timetable);
  }

  #stored(mitigation: string, timetable: Timetable): readonly ArmRun[] {
    const seeds = seedsOf(this.#plan, timetable);
    return seeds.flatMap((seed) => this.#runs.get(keyOf([timetable, mitigation, seed])) ?? []);
  }

  #jobOf([timetable, mitigation, seed]: Request): Job {
    const { incident, assumptions } = this.#plan;
    return { incident, timetable, mitigations: mitigation === '' ? [] : [mitigation], seed, assumptions };
  }
}

function firstTarget({ stopping, seeds }: CampaignPlan): number {
  if (stopping.pilotSeedCount > 0) return Math.min(seeds.length, stopping.pilotSeedCount);
  return stopping.rule === 'fixed' ? seeds.length : Math.min(seeds.length, stopping.minimumSeedCount!);
}

function seedsOf(plan: CampaignPlan, timetable: Timetable): readonly number[] {
  if (timetable === 'fair-weather') return plan.fairWeatherSeeds;
  return timetable === 'scored' ? plan.seeds : (plan.byReportsSeeds ?? []);
}

function across(timetable: Timetable, seeds: readonly number[], courses: readonly Course[]): readonly Request[] {
  return seeds.flatMap((seed) => courses.map(({ mitigation }): Request => [timetable, mitigation, seed]));
}

/** The control and all arms of a seed stand together; within a seed the order stays. */
function bySeed(requests: readonly Request[]): readonly Request[] {
  return [...requests].sort(([, , one], [, , other]) => one - other);
}

function keyOf([timetable, mitigation, seed]: Request): string {
  return `${timetable}/${mitigation}/${seed}`;
}

function isSameRun(one: ArmRun, other: ArmRun): boolean {
  return (
    one.traceHash === other.traceHash &&
    other.actionCount === 0 &&
    JSON.stringify([one.measures, one.exposure]) === JSON.stringify([other.measures, other.exposure])
  );
}
