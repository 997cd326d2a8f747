/** Forms authentication of classic ASP.NET with a machineKey that each machine generates: the closest public relative of uniFLOW. */
import type { SessionPreset } from './preset.ts';

export const aspnetMachineKey: SessionPreset = {
  id: 'aspnet-machine-key',
  sentence:
    'Derives its key from the machine, the same after a restart and another one elsewhere; leaves the cookie alone.',
  source:
    'Classic ASP.NET with AutoGenerate: a Microsoft support case of four machines behind a balancer (blogs.msdn.com/b/cie, 2013-10-22; event 4005); that the ticket stays in the browser is assumed.',
  behaviour: { destructiveRejection: false, resignOnRead: false, keySource: 'per-host' },
};
