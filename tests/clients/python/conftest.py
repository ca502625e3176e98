"""Ends the report with the two lines that node's test runner prints too."""


def pytest_terminal_summary(terminalreporter):
    counts = {outcome: len(reports) for outcome, reports in terminalreporter.stats.items()}
    terminalreporter.write_line(f"# pass {counts.get('passed', 0)}")
    terminalreporter.write_line(f"# fail {counts.get('failed', 0) + counts.get('error', 0)}")
