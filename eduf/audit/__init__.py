"""The audit: filed returns held against what the case gives, each mistake with what it does to every later year."""

from eduf.audit.auditing import Audit, audit
from eduf.audit.check import Check
from eduf.audit.checks import CHECKS
from eduf.audit.effect import Step, TaxYear
from eduf.audit.finding import Finding

__all__ = ["CHECKS", "Audit", "Check", "Finding", "Step", "TaxYear", "audit"]
