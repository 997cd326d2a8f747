"""W1 of the bench, M/M/8, in SimPy: the same queue with one process for each customer, for a comparison side by side.

Usage: w1.py CUSTOMERS SEED. Prints one JSON object; CPU time is that of the run alone. Written for SimPy 3 and later
(module simpy); where only the older SimPy 2 (module SimPy) is installed, the same model in its vocabulary runs instead.
"""

import json
import platform
import random
import sys
import time

SERVERS = 8
ARRIVALS_PER_SECOND = 7.2
SERVICE_MEAN_SECONDS = 1.0


def run_simpy(customers, seed):
    import simpy

    draw = random.Random(seed)
    waits = []
    env = simpy.Environment()
    servers = simpy.Resource(env, capacity=SERVERS)

    def customer():
        came = env.now
        with servers.request() as request:
            yield request
            waits.append(env.now - came)
            yield env.timeout(draw.expovariate(1 / SERVICE_MEAN_SECONDS))

    def source():
        for _ in range(customers):
            yield env.timeout(draw.expovariate(ARRIVALS_PER_SECOND))
            env.process(customer())

    env.process(source())
    began = time.process_time()
    env.run()
    return simpy.__version__, time.process_time() - began, waits


def run_simpy2(customers, seed):
    from SimPy import Simulation, __version__

    draw = random.Random(seed)
    waits = []
    bank = Simulation.Simulation()
    servers = Simulation.Resource(capacity=SERVERS, sim=bank)

    class Customer(Simulation.Process):
        def visit(self):
            came = self.sim.now()
            yield Simulation.request, self, servers
            waits.append(self.sim.now() - came)
            yield Simulation.hold, self, draw.expovariate(1 / SERVICE_MEAN_SECONDS)
            yield Simulation.release, self, servers

    class Source(Simulation.Process):
        def generate(self):
            for _ in range(customers):
                yield Simulation.hold, self, draw.expovariate(ARRIVALS_PER_SECOND)
                one = Customer(sim=self.sim)
                self.sim.activate(one, one.visit())

    bank.initialize()
    source = Source(sim=bank)
    bank.activate(source, source.generate())
    began = time.process_time()
    bank.simulate(until=float("inf"))
    return __version__, time.process_time() - began, waits


def main():
    customers, seed = int(sys.argv[1]), int(sys.argv[2])
    try:
        import simpy  # noqa: F401

        run = run_simpy
    except ImportError:
        run = run_simpy2
    version, cpu_seconds, waits = run(customers, seed)
    result = {
        "simpyVersion": version,
        "pythonVersion": platform.python_version(),
        "pythonImplementation": platform.python_implementation(),
        "customerCount": len(waits),
        "cpuMs": cpu_seconds * 1000,
        "waitSeconds": sum(waits) / len(waits),
    }
    print(json.dumps(result))


main()
