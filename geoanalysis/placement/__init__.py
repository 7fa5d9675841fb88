"""Which crossings to man: capture, interdiction (smugglers re-route), randomised rosters."""

from geoanalysis.placement.capture import CapturePlan, capture
from geoanalysis.placement.checkpoints import CheckModel, CheckpointProblem, checkpoint_problem
from geoanalysis.placement.commitment import Commitment, commitment
from geoanalysis.placement.constraints import ClashError, PlanConstraints
from geoanalysis.placement.drawn import DrawnEvasion, drawn_evasion
from geoanalysis.placement.duty import Duty
from geoanalysis.placement.evaluation import Evaluation, additions, evaluate
from geoanalysis.placement.intensity import IntensityPlan, spread_officers
from geoanalysis.placement.interdiction import FixedPlan, interdict
from geoanalysis.placement.priorities import PriorityList, priority_list
from geoanalysis.placement.problem import InterdictionProblem
from geoanalysis.placement.reports import evasion_by_teams, sensitivity, worst_pairs
from geoanalysis.placement.roster import Roster, roster
from geoanalysis.placement.ways import Ways

__all__ = [
    "CapturePlan",
    "CheckModel",
    "CheckpointProblem",
    "ClashError",
    "Commitment",
    "DrawnEvasion",
    "Duty",
    "Evaluation",
    "FixedPlan",
    "IntensityPlan",
    "InterdictionProblem",
    "PlanConstraints",
    "PriorityList",
    "Roster",
    "Ways",
    "additions",
    "capture",
    "checkpoint_problem",
    "commitment",
    "drawn_evasion",
    "evaluate",
    "evasion_by_teams",
    "interdict",
    "priority_list",
    "roster",
    "sensitivity",
    "spread_officers",
    "worst_pairs",
]
