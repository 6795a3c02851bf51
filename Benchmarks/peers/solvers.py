"""HiGHS and CP-SAT on a `Program`: the incumbents over time and the bound.

Each is loaded where it is used: OR-tools brings a HiGHS of its own, and one process cannot hold
both.
"""
import time


class Outcome:
    """What a solver had found when: (seconds, values) at each improvement."""

    def __init__(self, version):
        self.version = version
        self.found = []
        self.bound = None
        self.proven = False
        self.seconds = 0.0

    def at(self, seconds):
        """The incumbent after so many seconds; None before the first."""
        known = [values for when, values in self.found if when <= seconds]
        return known[-1] if known else None


def highs(program, limit, workers):
    import highspy

    solver = highspy.Highs()
    outcome = Outcome(f"HiGHS {solver.version()}")
    for name, value in (("output_flag", False), ("threads", workers), ("time_limit", limit),
                        ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):
        solver.setOptionValue(name, value)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.columns), len(program.rows)
    lp.col_lower_ = [float(c[0]) for c in program.columns]
    lp.col_upper_ = [float(c[1]) for c in program.columns]
    lp.col_cost_ = [float(c[2]) for c in program.columns]
    lp.row_lower_ = [-highspy.kHighsInf if r[0] is None else float(r[0]) for r in program.rows]
    lp.row_upper_ = [highspy.kHighsInf if r[1] is None else float(r[1]) for r in program.rows]
    starts, columns, values = [0], [], []
    for _, _, terms in program.rows:
        columns += [column for column, _ in terms]
        values += [float(weight) for _, weight in terms]
        starts.append(len(columns))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = starts, columns, values
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    solver.passModel(lp)
    begin = time.monotonic()
    solver.cbMipImprovingSolution.subscribe(
        lambda event: outcome.found.append(
            (time.monotonic() - begin, list(event.data_out.mip_solution))))
    solver.run()
    outcome.seconds = time.monotonic() - begin
    outcome.bound = solver.getInfo().mip_dual_bound
    outcome.proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return outcome


def cpsat(program, limit, workers):
    import ortools
    from ortools.sat.python import cp_model

    class Recorder(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self):
            outcome.found.append((self.wall_time, [self.value(column) for column in columns]))

    outcome = Outcome(f"CP-SAT {ortools.__version__}")
    model = cp_model.CpModel()
    columns = [model.new_int_var(lower, upper, "") for lower, upper, _ in program.columns]
    for lower, upper, terms in program.rows:
        expression = cp_model.LinearExpr.weighted_sum(
            [columns[column] for column, _ in terms], [weight for _, weight in terms])
        if lower == upper:
            model.add(expression == lower)
        elif upper is None:
            model.add(expression >= lower)
        else:
            model.add(expression <= upper)
    priced = [(columns[k], cost) for k, (_, _, cost) in enumerate(program.columns) if cost]
    model.minimize(cp_model.LinearExpr.weighted_sum(
        [column for column, _ in priced], [cost for _, cost in priced]))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = workers
    status = solver.solve(model, Recorder())
    outcome.seconds = solver.wall_time
    outcome.bound = solver.best_objective_bound
    outcome.proven = status == cp_model.OPTIMAL
    return outcome


SOLVERS = {"HiGHS": highs, "CP-SAT": cpsat}
