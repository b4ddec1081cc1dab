import process from 'node:process';
import {defineConfig} from 'vitest/config';

const report = process.env['VITEST_JSON'];

export default defineConfig({
	test: {
		// Somebody who wants the counts names a file for them.
		reporters: report
			? ['default', ['json', {outputFile: report}]]
			: ['default'],
		include: ['test/**/*.test.{ts,tsx}'],
		// Loading Ink costs each worker about half a second: share them.
		isolate: false,
		// What the tests see must not depend on where they run.
		env: {
			CI: '',
			FORCE_COLOR: '0',
			NO_COLOR: '1',
			NODE_ENV: 'test',
			HTTP_PROXY: '',
			HTTPS_PROXY: '',
			http_proxy: '',
			https_proxy: '',
			ANTHROPIC_BASE_URL: '',
			TOLLGATE_HOME: '',
		},
		testTimeout: 30_000,
		hookTimeout: 30_000,
	},
});
