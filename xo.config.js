import reactHooks from 'eslint-plugin-react-hooks';

export default [
	{ignores: ['dist/**', 'test/fixtures/**']},
	{prettier: true},
	{
		files: ['**/*.{ts,tsx}'],
		plugins: {'react-hooks': reactHooks},
		rules: {
			...reactHooks.configs.recommended.rules,
			'@typescript-eslint/strict-boolean-expressions': 'off',
			'@typescript-eslint/no-restricted-types': 'off',
			// Prettier takes away the parentheses this rule asks for.
			'@stylistic/no-mixed-operators': 'off',
			'@typescript-eslint/naming-convention': 'off',
			'unicorn/consistent-class-member-order': 'off',
			'node-test/no-import-test-files': 'off',
			'unicorn/consistent-boolean-name': 'off',
			'unicorn/no-declarations-before-early-exit': 'off',
			'unicorn/max-nested-calls': 'off',
			'unicorn/prefer-spread': 'off',
			'require-unicode-regexp': 'off',
			// A short comment may stand on one line.
			'unicorn/single-line-block-comment-style': 'off',
			// The last step of each attempt is to go round again.
			'unicorn/no-break-in-nested-loop': 'off',
			// An array is what is wanted, and a spread says so.
			'unicorn/prefer-iterator-to-array': 'off',
			// Order tells which question comes first.
			'unicorn/prefer-simple-condition-first': 'off',
		},
	},
	{
		files: ['scripts/**', 'test/**', 'bench/**', '*.config.*'],
		rules: {
			'@stylistic/no-mixed-operators': 'off',
			'@typescript-eslint/naming-convention': 'off',
			'unicorn/no-process-exit': 'off',
			'unicorn/no-nested-ternary': 'off',
			'no-nested-ternary': 'off',
			'unicorn/consistent-boolean-name': 'off',
			'no-await-in-loop': 'off',
			'unicorn/no-break-in-nested-loop': 'off',
			// The wire's own names.
			camelcase: 'off',
			'jsdoc/require-param-description': 'off',
			'jsdoc/require-param-type': 'off',
			'unicorn/no-top-level-side-effects': 'off',
			'unicorn/max-nested-calls': 'off',
		},
	},
	{
		files: ['package.json'],
		rules: {
			// Native packages are held where every platform's binary can be had.
			'package-json/dependency-version-range': 'off',
			// It is for our own installs, until the package it holds can be had for every platform.
			'package-json/no-overrides-in-published-package': 'off',
		},
	},
];
