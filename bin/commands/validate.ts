/** `validate`: says whether a scenario file can be played, or everything that is wrong with it. */
import { SCHEMA_VERSION } from '../../simulator/experiment/index.ts';
import { plural } from '../../reports/render/figures.ts';
import { EXIT, UsageError } from '../exit.ts';
import { programName } from '../invocation.ts';
import { placedHosts } from '../scenario-file/cast/placed-hosts.ts';
import { checkText } from '../scenario-file/opening.ts';
import { complaintText } from '../scenario-file/check.ts';
import { Session, type CommonFlags } from '../session.ts';

export async function validate(paths: readonly string[], flags: CommonFlags): Promise<number> {
  const session = new Session(flags);
  const files = [];
  for (const path of paths) files.push({ path, checked: await checkText(path) });
  const found = files.map(({ path, checked }) => {
    const complaints = checked.ok ? [] : checked.complaints;
    return { path, valid: checked.ok, complaints };
  });
  const wrong = found.filter(({ valid }) => !valid);
  session.deliver({ schemaVersion: SCHEMA_VERSION, kind: 'validation', files: found });
  if (wrong.length > 0) throw new UsageError(wrongText(wrong));
  for (const { path, checked } of files) {
    if (!checked.ok) continue;
    const { document } = checked;
    const hosts = plural(placedHosts(document).length, 'host');
    const people = plural(Object.keys(document.populations).length, 'population');
    const faults = plural(Object.keys(document.faults ?? {}).length, 'fault');
    session.say(`${path}: valid. ${document.id}: ${hosts}, ${people}, ${faults}.`);
  }
  const [first] = paths;
  session.say(`Next: ${programName()} replay ${first!}`);
  return EXIT.pass;
}

function wrongText(
  wrong: readonly { readonly path: string; readonly complaints: Parameters<typeof complaintText>[1] }[],
) {
  const count = wrong.reduce((sum, { complaints }) => sum + complaints.length, 0);
  const head = `${plural(count, 'thing')} to put right`;
  return [head, ...wrong.map(({ path, complaints }) => complaintText(path, complaints))].join('\n');
}
