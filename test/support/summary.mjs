/** Tells, when all browsers' tests are over, how many there were in each and which have failed. */
export function summary() {
  return {
    onTestRunFinished({sessions}) {
      for (const name of new Set(sessions.map(({browser}) => browser.name))) {
        const those = sessions.filter(({browser}) => browser.name === name);
        const tests = those.flatMap(({testResults}) => testsOf(testResults));
        const skipped = tests.filter(test => test.skipped).length;
        const passed = tests.filter(test => test.passed && !test.skipped).length;
        console.log(`${name}: ${passed} of ${tests.length} tests passed, ${skipped} skipped`);
      }
      for (const session of sessions.filter(({passed}) => !passed)) {
        console.log(`\nFailed in ${session.browser.name}: ${session.testFile}`);
        const failed = testsOf(session.testResults).filter(
          ({passed, skipped}) => !passed && !skipped,
        );
        const errors = session.errors.map(({message}) => message);
        for (const {path, error} of failed) errors.push(`${path}: ${error?.message ?? 'not run'}`);
        for (const error of errors) console.log(`  ${error}`);
      }
    },
  };
}

/** The tests of a suite and of those in it, each with the names on the way to it. */
function testsOf(suite, names = []) {
  if (!suite) return [];
  const path = [...names, suite.name].filter(Boolean);
  const own = suite.tests.map(test => ({...test, path: [...path, test.name].join(' > ')}));
  return [...own, ...suite.suites.flatMap(inner => testsOf(inner, path))];
}
