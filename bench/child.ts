/** One run in a process of its own, so that no workload runs on code that another one has warped: job in, sample out. */
import { perform, type Job } from './job.ts';

const job = JSON.parse(process.argv[2]!) as Job;
process.stdout.write(JSON.stringify(await perform(job)));
