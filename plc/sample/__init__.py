"""The sample district, loaded through the same doors as anyone's results."""

from plc.sample.district import FIRST_SCHOOL_ID, FIRST_TEACHER_ID, load_sample, sample_headline

__all__ = ["FIRST_SCHOOL_ID", "FIRST_TEACHER_ID", "load_sample", "sample_headline"]
