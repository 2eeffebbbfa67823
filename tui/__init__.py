"""The terminal screen of eduf: what-if in a grid. It computes nothing; every figure and sentence comes from `eduf`."""
