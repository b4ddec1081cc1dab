/**
A variable's text; one that is set but empty counts as not set.
*/
export const variable = (
	env: NodeJS.ProcessEnv,
	name: string,
): string | undefined => (env[name] === '' ? undefined : env[name]);
