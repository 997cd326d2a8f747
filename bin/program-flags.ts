/** Flags and texts that several commands share. */
import { Option, type Command } from 'commander';
import { programName } from './invocation.ts';

export function addAssume(command: Command): Command {
  const option = new Option('--assume <id=value>', 'change an assumption; may be given several times').default(
    [],
    'none',
  );
  return command.addOption(option.argParser((text: string, before: string[]) => [...before, text]));
}

export function addCommon(command: Command, runs: boolean): void {
  command
    .option('--json', 'one JSON document on stdout')
    .option('--output <file>', 'write that document to a file, whole or not at all');
  command.option('-q, --quiet', 'no progress and no messages on stderr');
  if (runs) command.option('--workers <n>', 'how many cores to use; 1 stays in this process (default: all available)');
  command.showHelpAfterError(`(${programName()} ${command.name()} --help shows what it takes)`);
}

export function examples(...lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  ${programName()} ${line}`).join('\n')}\n`;
}
