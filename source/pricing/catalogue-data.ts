// Made by scripts/prices.mjs (npm run prices): do not edit by hand.
export const provenance = {
	date: '2026-11-22',
	sources: ['@earendil-works/pi-ai 1.5.2', '@pydantic/genai-prices 0.1.8'],
} as const;

/**
A heading for each provider, a line for each model: its id, then US dollars for a million tokens of
input, output, cache reads, cache writes for 5 minutes and for 1 hour, then the context window. A group
that begins with `>` has the rates for prompts of more tokens than that. `-` is not known. A line
that ends in `2` comes from the second source.
*/
export const catalogueText = `
# anthropic web-search 10
claude-2 8 24 - - - 200000 2
claude-3-5-haiku 0.8 4 0.08 1 1.6 200000 2
claude-3-5-haiku-latest 0.8 4 0.08 1 1.6 200000 2
claude-3-5-sonnet 3 15 0.3 3.75 6 200000 2
claude-3-7-sonnet 3 15 0.3 3.75 6 200000 2
claude-3-7-sonnet-latest 3 15 0.3 3.75 6 200000 2
claude-3-haiku 0.25 1.25 0.03 0.3 0.5 200000 2
claude-3-opus 15 75 1.5 18.75 30 200000 2
claude-3-opus-latest 15 75 1.5 18.75 30 200000 2
claude-3-sonnet 3 15 0.3 3.75 6 200000 2
claude-fable-5 10 50 1 12.5 20 1000000
claude-fable-5-1 10 50 0.25 12.5 20 1000000
claude-fable-5-2 8 40 0.2 10 16 1000000
claude-haiku-4-5 1 5 0.1 1.25 2 200000
claude-haiku-4-5-20251001 1 5 0.1 1.25 2 200000
claude-haiku-5-5 0.1 0.5 0.01 0.125 0.2 1000000 >100000 0.5 2.5 0.05 0.625 1
claude-opus-4 15 75 1.5 18.75 30 200000 2
claude-opus-4-0 15 75 1.5 18.75 30 200000 2
claude-opus-4-1 15 75 1.5 18.75 30 200000 2
claude-opus-4-20250514 15 75 1.5 18.75 30 200000 2
claude-opus-4-5 5 25 0.5 6.25 10 200000
claude-opus-4-5-20251101 5 25 0.5 6.25 10 200000
claude-opus-4-6 5 25 0.5 6.25 10 1000000
claude-opus-4-7 5 25 0.5 6.25 10 1000000
claude-opus-4-8 5 25 0.5 6.25 10 1000000
claude-opus-5 5 25 0.5 6.25 10 1000000
claude-opus-5-5 4 20 0.2 5 8 1000000
claude-sonnet-4 3 15 0.3 3.75 6 200000 2
claude-sonnet-4-0 3 15 0.3 3.75 6 200000 2
claude-sonnet-4-5 3 15 0.3 3.75 6 200000
claude-sonnet-4-5-20250929 3 15 0.3 3.75 6 200000
claude-sonnet-4-6 3 15 0.3 3.75 6 1000000
claude-sonnet-5 2 10 0.2 2.5 4 1000000
claude-sonnet-5-5 2 10 0.1 2.5 4 1000000
claude-v1 8 24 - - - - 2
# openai web-search 10
ada 0.4 0.4 - - - - 2
babbage 0.5 0.5 - - - - 2
chat-latest 5 30 0.5 - - 400000
chatgpt-4o-latest 5 15 - - - 128000 2
codex-mini 1.5 6 0.375 - - 200000 2
codex-mini-latest 1.5 6 0.375 - - 200000 2
computer-use 3 12 - - - 8192 2
curie 2 2 - - - - 2
davinci 20 20 - - - - 2
gpt-3.5-0301 1.5 2 - - - - 2
gpt-3.5-turbo 0.5 1.5 - - - 16385 2
gpt-3.5-turbo-0125 0.5 1.5 - - - 16385 2
gpt-3.5-turbo-0301 1.5 2 - - - - 2
gpt-3.5-turbo-0613 1.5 2 - - - 16385 2
gpt-3.5-turbo-1106 1 2 - - - 16385 2
gpt-3.5-turbo-16k 3 4 - - - 16385 2
gpt-3.5-turbo-16k-0613 3 4 - - - 16385 2
gpt-3.5-turbo-instruct 1.5 2 - - - 16385 2
gpt-3.5-turbo-instruct-0914 1.5 2 - - - 16385 2
gpt-35-turbo 0.5 1.5 - - - 16385 2
gpt-35-turbo-16k 3 4 - - - 16385 2
gpt-35-turbo-16k-0613 3 4 - - - 16385 2
gpt-4 30 60 - - - 8192
gpt-4-0125-preview 10 30 - - - 128000 2
gpt-4-0314 30 60 - - - 8192 2
gpt-4-0613 30 60 - - - 8192 2
gpt-4-1106-preview 10 30 - - - 128000 2
gpt-4-1106-vision-preview 10 30 - - - 128000 2
gpt-4-32k 60 120 - - - 32000 2
gpt-4-32k-0314 60 120 - - - 32000 2
gpt-4-32k-0613 60 120 - - - 32000 2
gpt-4-turbo 10 30 - - - 128000
gpt-4-turbo-0125-preview 10 30 - - - 128000 2
gpt-4-turbo-preview 10 30 - - - 128000 2
gpt-4-vision-preview 10 30 - - - 128000 2
gpt-4.1 2 8 0.5 - - 1047576
gpt-4.1-mini 0.4 1.6 0.1 - - 1047576
gpt-4.1-nano 0.1 0.4 0.025 - - 1047576
gpt-4.5-preview 75 150 37.5 - - - 2
gpt-4o 2.5 10 1.25 - - 128000
gpt-4o-2024-05-13 5 15 - - - 128000
gpt-4o-2024-08-06 2.5 10 1.25 - - 128000
gpt-4o-2024-11-20 2.5 10 1.25 - - 128000
gpt-4o-mini 0.15 0.6 0.075 - - 128000
gpt-5 1.25 10 0.125 - - 400000
gpt-5-1 1.25 10 0.125 - - 400000 2
gpt-5-1-chat 1.25 10 0.125 - - 400000 2
gpt-5-1-chat-latest 1.25 10 0.125 - - 400000 2
gpt-5-1-codex 1.25 10 0.125 - - 400000 2
gpt-5-1-codex-max 1.25 10 0.125 - - 400000 2
gpt-5-1-codex-mini 0.25 2 0.025 - - 400000 2
gpt-5-1-mini 0.25 2 0.025 - - 400000 2
gpt-5-2 1.75 14 0.175 - - 400000 2
gpt-5-2-chat 1.75 14 0.175 - - 400000 2
gpt-5-2-chat-latest 1.75 14 0.175 - - 400000 2
gpt-5-2-codex 1.75 14 0.175 - - 400000 2
gpt-5-3 1.75 14 0.175 - - 128000 2
gpt-5-3-chat 1.75 14 0.175 - - 128000 2
gpt-5-3-chat-latest 1.75 14 0.175 - - 128000 2
gpt-5-3-codex 1.75 14 0.175 - - 400000 2
gpt-5-4 2.5 15 0.25 - - 272000 >272000 5 22.5 0.5 - - 2
gpt-5-4-mini 0.75 4.5 0.075 - - 400000 2
gpt-5-4-nano 0.2 1.25 0.02 - - 400000 2
gpt-5-4-pro 30 180 - - - 1050000 >272000 60 270 - - - 2
gpt-5-5 5 30 0.5 - - 272000 >272000 10 45 1 - - 2
gpt-5-5-chat 5 30 0.5 - - 272000 >272000 10 45 1 - - 2
gpt-5-5-chat-latest 5 30 0.5 - - 272000 >272000 10 45 1 - - 2
gpt-5-5-codex 5 30 0.5 - - 272000 >272000 10 45 1 - - 2
gpt-5-5-pro 30 180 - - - 1050000 >272000 60 270 - - - 2
gpt-5-6 4 20 0.4 5 - 272000 >272000 8 30 0.8 10 - 2
gpt-5-6-luna 0.2 1.2 0.02 0.25 - 272000 >272000 0.4 1.8 0.04 0.5 - 2
gpt-5-6-sol 4 20 0.4 5 - 272000 >272000 8 30 0.8 10 - 2
gpt-5-6-terra 2 12 0.2 2.5 - 272000 >272000 4 18 0.4 5 - 2
gpt-5-chat 1.25 10 0.125 - - 400000 2
gpt-5-chat-latest 1.25 10 0.125 - - 128000
gpt-5-codex 1.25 10 0.125 - - 400000 2
gpt-5-mini 0.25 2 0.025 - - 400000
gpt-5-nano 0.05 0.4 0.005 - - 400000
gpt-5-pro 15 120 - - - 400000
gpt-5.1 1.25 10 0.125 - - 400000
gpt-5.1-chat 1.25 10 0.125 - - 400000 2
gpt-5.1-chat-latest 1.25 10 0.125 - - 400000 2
gpt-5.1-codex 1.25 10 0.125 - - 400000 2
gpt-5.1-codex-max 1.25 10 0.125 - - 400000 2
gpt-5.1-codex-mini 0.25 2 0.025 - - 400000 2
gpt-5.1-mini 0.25 2 0.025 - - 400000 2
gpt-5.2 1.75 14 0.175 - - 400000
gpt-5.2-chat 1.75 14 0.175 - - 400000 2
gpt-5.2-chat-latest 1.75 14 0.175 - - 400000 2
gpt-5.2-codex 1.75 14 0.175 - - 400000 2
gpt-5.2-pro 21 168 - - - 400000
gpt-5.3 1.75 14 0.175 - - 128000 2
gpt-5.3-chat 1.75 14 0.175 - - 128000 2
gpt-5.3-chat-latest 1.75 14 0.175 - - 128000 2
gpt-5.3-codex 1.75 14 0.175 - - 400000
gpt-5.3-codex-spark 1.75 14 0.175 - - 128000
gpt-5.4 2.5 15 0.25 - - 272000 >272000 5 22.5 0.5 - -
gpt-5.4-mini 0.75 4.5 0.075 - - 400000
gpt-5.4-nano 0.2 1.25 0.02 - - 400000
gpt-5.4-pro 30 180 - - - 1050000 >272000 60 270 - - -
gpt-5.5 5 30 0.5 - - 272000 >272000 10 45 1 - -
gpt-5.5-chat 5 30 0.5 - - 272000 >272000 10 45 1 - - 2
gpt-5.5-chat-latest 5 30 0.5 - - 272000 >272000 10 45 1 - - 2
gpt-5.5-codex 5 30 0.5 - - 272000 >272000 10 45 1 - - 2
gpt-5.5-pro 30 180 - - - 1050000 >272000 60 270 - - -
gpt-5.6 4 20 0.4 5 - 272000 >272000 8 30 0.8 10 - 2
gpt-5.6-cyber 12.5 75 1.25 15.625 - 400000
gpt-5.6-luna 0.2 1.2 0.02 0.25 - 272000 >272000 0.4 1.8 0.04 0.5 -
gpt-5.6-sol 4 20 0.4 5 - 272000 >272000 8 30 0.8 10 -
gpt-5.6-terra 2 12 0.2 2.5 - 272000 >272000 4 18 0.4 5 -
gpt-6-astra 10 50 1 12.5 - 272000 >272000 20 75 2 25 -
gpt-6-luna 0.1 0.5 0.01 0.125 - 272000 >272000 0.2 0.75 0.02 0.25 -
gpt-6-sol 2 10 0.2 2.5 - 272000 >272000 4 15 0.4 5 -
gpt-6.1-sol 2 10 0.1 2.5 - 272000 >272000 4 15 0.2 5 -
gpt-6.1-terra 1 5 0.05 1.25 - 272000 >272000 2 7.5 0.1 2.5 -
gpt-chat-latest 5 30 0.5 - - - 2
gpt-daybreak-blue-latest 4 20 0.4 5 - 1050000 >272000 8 30 0.8 10 -
gpt-daybreak-red-latest 12.5 75 1.25 15.625 - 400000
o1 15 60 7.5 - - 200000
o1-mini 1.1 4.4 0.55 - - 128000 2
o1-mini-2024-09-12 1.1 4.4 0.55 - - 128000 2
o1-preview 15 60 7.5 - - 128000 2
o1-preview-2024-09-12 15 60 7.5 - - 128000 2
o1-pro 150 600 - - - 200000
o3 2 8 0.5 - - 200000
o3-mini 1.1 4.4 0.55 - - 200000
o3-mini-high 1.1 4.4 0.55 - - 200000 2
o3-pro 20 80 - - - 200000
o4-mini 1.1 4.4 0.275 - - 200000
o4-mini-high 1.1 4.4 0.275 - - 200000 2
text-ada-001 0.4 0.4 - - - - 2
text-curie-001 2 2 - - - - 2
text-davinci-001 20 20 - - - - 2
text-davinci-002 20 20 - - - - 2
text-davinci-003 20 20 - - - - 2
# google
deep-research-max-preview-04-2026 2 12 0.2 - - 1048576 >200000 4 18 0.4 - -
deep-research-preview-04-2026 2 12 0.2 - - 1048576 >200000 4 18 0.4 - -
gemini-1.0-pro 0.125 0.375 - - - 32768 2
gemini-1.0-pro-vision-001 0.125 0.375 - - - 32768 2
gemini-1.5-flash 0.075 0.3 0.01875 - - 1000000 >128000 0.15 0.6 0.0375 - - 2
gemini-1.5-pro 1.25 5 - - - 1000000 >128000 2.5 10 - - - 2
gemini-2.0-flash-lite 0.075 0.3 - - - 1000000 2
gemini-2.5-computer-use-preview-10-2025 1.25 10 - - - 128000 >200000 2.5 15 - - -
gemini-2.5-flash 0.3 2.5 0.03 - - 1048576
gemini-2.5-flash-latest 0.3 2.5 0.03 - - 1048576 2
gemini-2.5-flash-lite 0.1 0.4 0.01 - - 1048576
gemini-2.5-flash-lite-preview-tts 0.5 10 - - - 8192 2
gemini-2.5-flash-preview 0.15 0.6 - - - - 2
gemini-2.5-flash-preview-05-20:thinking 0.15 0.6 - - - - 2
gemini-2.5-flash-preview-09-2025 0.3 2.5 0.03 - - 1048576 2
gemini-2.5-flash-preview-tts 0.5 10 - - - 8192 2
gemini-2.5-flash-preview:thinking 0.15 0.6 - - - - 2
gemini-2.5-flash-tts 0.5 10 - - - 8192 2
gemini-2.5-pro 1.25 10 0.125 - - 1048576 >200000 2.5 15 0.25 - -
gemini-2.5-pro-preview-tts 1 20 - - - 8192 2
gemini-2.5-pro-tts 1 20 - - - 8192 2
gemini-3-flash-preview 0.5 3 0.05 - - 1048576
gemini-3-pro-preview 2 12 0.2 - - - >200000 4 18 0.4 - - 2
gemini-3-pro-text-preview 2 12 0.2 - - - >200000 4 18 0.4 - - 2
gemini-3.1-flash-lite 0.25 1.5 0.025 - - 1048576
gemini-3.1-flash-lite-preview 0.25 1.5 0.025 - - 1048576
gemini-3.1-pro-preview 2 12 0.2 - - 1048576 >200000 4 18 0.4 - -
gemini-3.1-pro-preview-customtools 2 12 0.2 - - 1048576 >200000 4 18 0.4 - -
gemini-3.5-flash 1.5 9 0.15 - - 1048576
gemini-3.5-flash-lite 0.3 2.5 0.03 - - 1048576
gemini-3.6-flash 0.75 3.75 0.075 - - 1048576
gemini-3.7-flash 0.75 3.75 0.075 - - 1048576
gemini-3.8-flash 0.75 3.75 0.075 - - 1048576
gemini-4-argon 2 10 0.1 - - 1048576
gemini-flash-1.5 0.075 0.3 0.01875 - - - >128000 0.15 0.6 0.0375 - - 2
gemini-flash-1.5-8b 0.0375 0.15 0.01 - - 1000000 >128000 0.075 0.3 0.02 - - 2
gemini-flash-latest 1.5 9 0.15 - - 1048576
gemini-flash-lite-latest 0.25 1.5 0.025 - - 1048576
gemini-pro 0.125 0.375 - - - 32768 2
gemini-pro-1.5 1.25 5 0.3125 - - 2000000 >128000 2.5 10 0.625 - - 2
gemini-pro-latest 2 12 0.2 - - 1048576 >200000 4 18 0.4 - -
gemini-robotics-er-2-preview 1 5 0.1 - - 131072
gemma-2-27b-it 0.65 0.65 - - - - 2
gemma-4-26b-a4b-it-maas 0.15 0.6 0.015 - - 262144 2
# deepseek
deepseek-flash 0.3 1.2 0.006 - - 1000000
deepseek-v3.1-terminus 0.27 0.95 0.13 - - 128000 2
deepseek-v3.2 0.2288 0.3432 - - - 128000 2
deepseek-v3.2-exp 0.27 0.41 - - - 128000 2
deepseek-v4-pro 1.32 3.96 0.044 - - 1000000
# zai
GLM-5.2 1.4 4.4 0.26 - - 1000000 2
GLM-5.3 1.4 4.4 0.26 - - 1000000 2
GLM-5.3-Flash 0.075 0.25 0.015 - - 1000000 2
glm-4.7 0.6 2.2 0.11 - - 204800
glm-5-turbo 1.2 4 0.24 - - 200000
glm-5.2 1.4 4.4 0.26 - - 1000000
glm-5.3 1.4 4.4 0.26 - - 1000000
glm-5.3-flash 0.15 0.5 0.03 - - 1000000
# moonshotai
kimi-k2 0.57 2.3 - - - - 2
kimi-k2-0711-preview 0.6 2.5 0.15 - - 131072 2
kimi-k2-0905-preview 0.6 2.5 0.15 - - 262144 2
kimi-k2-thinking 0.6 2.5 0.15 - - 262144 2
kimi-k2-thinking-turbo 1.15 8 0.15 - - 262144 2
kimi-k2-turbo-preview 1.15 8 0.15 - - 262144 2
kimi-k2.5 0.6 3 0.1 - - 262144 2
kimi-k2.6 0.95 4 0.16 - - 262144
kimi-k2.7-code 0.95 4 0.19 - - 262144
kimi-k2.7-code-highspeed 1.9 8 0.38 - - 262144
kimi-k3 3 15 0.3 - - 1048576
kimi-k3.1-pro 2 10 0.2 - - 1048576
kimi-k3.1-pro-highspeed 4 20 0.2 - - 1048576
moonshot-v1-128k 2 5 - - - 131072 2
moonshot-v1-128k-vision-preview 2 5 - - - 131072 2
moonshot-v1-32k 1 3 - - - 32768 2
moonshot-v1-32k-vision-preview 1 3 - - - 32768 2
moonshot-v1-8k 0.2 2 - - - 8192 2
moonshot-v1-8k-vision-preview 0.2 2 - - - 8192 2
# xai
grok-2 2 10 - - - 32768 2
grok-2-1212 2 10 - - - 32768 2
grok-2-latest 2 10 - - - 32768 2
grok-2-vision 2 10 - - - 32768 2
grok-2-vision-1212 2 10 - - - 32768 2
grok-2-vision-latest 2 10 - - - 32768 2
grok-3 3 15 0.75 - - 131072 2
grok-3-beta 3 15 0.75 - - 131072 2
grok-3-fast 5 25 1.25 - - 131072 2
grok-3-fast-beta 5 25 1.25 - - 131072 2
grok-3-fast-latest 5 25 1.25 - - 131072 2
grok-3-latest 3 15 0.75 - - 131072 2
grok-3-mini 0.3 0.5 0.075 - - 131072 2
grok-3-mini-beta 0.3 0.5 0.075 - - 131072 2
grok-3-mini-fast 0.6 4 0.15 - - 131072 2
grok-3-mini-fast-beta 0.6 4 0.15 - - 131072 2
grok-3-mini-fast-latest 0.6 4 0.15 - - 131072 2
grok-3-mini-latest 0.3 0.5 0.075 - - 131072 2
grok-4 3 15 0.75 - - 256000 2
grok-4-0709 3 15 0.75 - - 256000 2
grok-4-1-fast 0.2 0.5 0.05 - - 2000000 2
grok-4-1-fast-non-reasoning 0.2 0.5 0.05 - - 2000000 2
grok-4-1-fast-non-reasoning-latest 0.2 0.5 0.05 - - 2000000 2
grok-4-1-fast-reasoning 0.2 0.5 0.05 - - 2000000 2
grok-4-1-fast-reasoning-latest 0.2 0.5 0.05 - - 2000000 2
grok-4-fast 0.2 0.5 0.05 - - 2000000 2
grok-4-fast-non-reasoning 0.2 0.5 0.05 - - 2000000 2
grok-4-fast-non-reasoning-latest 0.2 0.5 0.05 - - 2000000 2
grok-4-fast-reasoning 0.2 0.5 0.05 - - 2000000 2
grok-4-fast-reasoning-latest 0.2 0.5 0.05 - - 2000000 2
grok-4-latest 3 15 0.75 - - 256000 2
grok-4.20 1.25 2.5 0.2 - - 1000000 >199999 2.5 5 0.4 - - 2
grok-4.20-multi-agent 2 6 0.2 - - 1000000 2
grok-4.3 1.25 2.5 0.2 - - 1000000 >200000 2.5 5 0.4 - -
grok-4.3-latest 1.25 2.5 0.2 - - 1000000 >200000 2.5 5 0.4 - - 2
grok-4.5 2 6 0.3 - - 500000 >200000 4 12 0.6 - -
grok-4.5-latest 2 6 0.3 - - 500000 >200000 4 12 0.6 - - 2
grok-4.6 2 6 0.5 - - 500000 >200000 4 12 1 - -
grok-4.6-latest 2 6 0.5 - - 500000 >200000 4 12 1 - - 2
grok-4.7 2 6 0.5 - - 500000 >200000 4 12 1 - -
grok-build-0.1 1 2 0.2 - - 256000 >199999 2 4 0.4 - - 2
grok-code-fast 0.2 1.5 0.02 - - 256000 2
grok-code-fast-1 0.2 1.5 0.02 - - 256000 2
grok-code-fast-1-0825 0.2 1.5 0.02 - - 256000 2
grok-latest 2 6 0.3 - - 500000 >200000 4 12 0.6 - - 2
x-ai/grok-4.3 1.25 2.5 0.2 - - 1000000 >200000 2.5 5 0.4 - - 2
x-ai/grok-4.5 2 6 0.3 - - 500000 >200000 4 12 0.6 - - 2
x-ai/grok-4.6 2 6 0.5 - - 500000 >200000 4 12 1 - - 2
# mistral
codestral 0.3 0.9 - - - 256000 2
codestral-2501 0.3 0.9 - - - 256000 2
codestral-2508 0.3 0.9 0.03 - - 256000
codestral-latest 0.3 0.9 0.03 - - 256000
devstral-2512 0.4 2 0.04 - - 262144
devstral-latest 0.4 2 0.04 - - 262144
devstral-medium-latest 0.4 2 0.04 - - 262144
devstral-small 0.1 0.3 - - - - 2
devstral-small-2505 0.1 0.3 - - - - 2
devstral-small-2507 0.1 0.3 - - - - 2
devstral-small-latest 0.1 0.3 - - - - 2
labs-devstral-small-2512 0.1 0.3 - - - - 2
magistral-medium 2 5 - - - - 2
magistral-medium-latest 2 5 0.2 - - 262144
magistral-small 0.5 1.5 - - - - 2
ministral-14b-2512 0.2 0.2 0.02 - - 262144
ministral-3b 0.04 0.04 - - - - 2
ministral-3b-2512 0.1 0.1 0.01 - - 131072
ministral-3b-latest 0.1 0.1 0.01 - - 131072
ministral-8b 0.1 0.1 - - - - 2
ministral-8b-2410 0.1 0.1 - - - - 2
ministral-8b-2512 0.15 0.15 0.015 - - 262144
ministral-8b-latest 0.15 0.15 0.015 - - 262144
mistral-7b 0.25 0.25 - - - - 2
mistral-embed 0.1 0.1 - - - 8192 2
mistral-large 2 6 - - - - 2
mistral-large-2407 2 6 - - - - 2
mistral-large-2411 2 6 - - - - 2
mistral-large-2512 0.5 1.5 0.05 - - 262144
mistral-large-4 0.7 2.1 0.07 - - 1048576
mistral-large-4-0-8 0.7 2.1 0.07 - - 1048576
mistral-large-latest 0.5 1.5 0.05 - - 262144
mistral-medium 0.4 2 0.04 - - - 2
mistral-medium-2312 2.7 8.1 - - - - 2
mistral-medium-2505 0.4 2 0.04 - - 131072
mistral-medium-2508 0.4 2 0.04 - - 262144
mistral-medium-2604 1.5 7.5 0.15 - - 262144
mistral-medium-3 1.5 7.5 0.15 - - 262144 2
mistral-medium-3-1 0.4 2 0.04 - - - 2
mistral-medium-3-5 1.5 7.5 0.15 - - 262144 2
mistral-medium-3.5 1.5 7.5 - - - 262144
mistral-medium-latest 1.5 7.5 0.15 - - 262144
mistral-nemo 0.15 0.15 - - - - 2
mistral-saba 0.2 0.6 - - - - 2
mistral-saba-latest 0.2 0.6 - - - - 2
mistral-small-24b-instruct-2501 0.05 0.08 - - - - 2
mistral-small-2506 0.1 0.3 0.01 - - 128000
mistral-small-2603 0.15 0.6 0.015 - - 262144
mistral-small-3.1-24b-instruct 0.351 0.555 - - - - 2
mistral-small-3.2-24b-instruct 0.075 0.2 - - - - 2
mistral-small-latest 0.15 0.6 0.015 - - 262144
mistral-tiny 0.25 0.25 - - - - 2
mixtral-8x22b-instruct 0.9 0.9 - - - - 2
mixtral-8x7b 0.7 0.7 - - - - 2
open-mistral-7b 0.25 0.25 - - - - 2
open-mistral-nemo 0.15 0.15 0.015 - - 128000
open-mixtral-8x7b 0.7 0.7 - - - - 2
pixtral-12b 0.15 0.15 0.015 - - 128000
pixtral-12b-latest 0.15 0.15 0.015 - - 128000 2
pixtral-large 2 6 - - - - 2
pixtral-large-2411 2 6 - - - - 2
pixtral-large-latest 2 6 - - - - 2
voxtral-small-24b-2507 0.1 0.4 0.01 - - 32768 2
voxtral-small-2507 0.1 0.4 0.01 - - 32768
voxtral-small-latest 0.1 0.4 0.01 - - 32768
# minimax
M2-her 0.3 1.2 - - - 64000 2
MiniMax-M2 0.3 1.2 0.03 0.375 - 204800 2
MiniMax-M2.1 0.3 1.2 0.03 0.375 - 204800 2
MiniMax-M2.1-highspeed 0.6 2.4 0.03 0.375 - 204800 2
MiniMax-M2.5 0.3 1.2 0.03 0.375 - 204800 2
MiniMax-M2.5-highspeed 0.6 2.4 0.03 0.375 - 204800 2
MiniMax-M2.7 0.3 1.2 0.06 0.375 - 204800
MiniMax-M2.7-highspeed 0.6 2.4 0.06 0.375 - 204800
MiniMax-M3 0.3 1.2 0.06 - - 1000000 >512000 0.6 2.4 0.12 - -
MiniMax-M3.1-Flash 0.15 0.6 0.015 - - 1000000
m2-her 0.3 1.2 - - - 64000 2
minimax-01 0.2 1.1 - - - 1000192 2
minimax-m1 0.4 2.2 - - - - 2
minimax-m2 0.3 1.2 0.03 0.375 - 204800 2
minimax-m2.1 0.3 1.2 0.03 0.375 - 204800 2
minimax-m2.5 0.3 1.2 0.03 0.375 - 204800 2
minimax-m2.7 0.3 1.2 0.06 0.375 - 204800 2
minimax-m3 0.3 1.2 0.06 - - 1000000 >512000 0.6 2.4 0.12 - - 2
# xiaomi
mimo-v2.6-flash 0.14 0.28 0.0028 - - 1048576
mimo-v2.6-pro 0.435 0.87 0.0036 - - 1048576
mimo-v2.6-pro-ultraspeed 4.35 8.7 0.036 - - 1048576
# meta
muse-ember-1.0 0.1 0.5 0.004 - - 1048576 >200000 0.3 1.5 0.012 - -
muse-spark-1.1 1.25 4.25 0.15 - - 1048576
muse-spark-1.2 1.25 4.25 0.15 - - 1048576
muse-spark-1.2-contributor 0.1 0.2 0.002 - - 1048576
muse-spark-1.3 1.25 4.25 0.15 - - 1048576
muse-spark-1.3-contributor 0.1 0.2 0.002 - - 1048576
muse-wonder-1.0 4 20 0.2 - - 1048576
# amazon-bedrock
amazon.nova-2-lite-v1:0 0.33 2.75 0.0825 0.33 - 1000000
amazon.nova-lite-v1:0 0.06 0.24 0.015 0.06 - 300000
amazon.nova-micro-v1:0 0.035 0.14 0.00875 0.035 - 128000
amazon.nova-pro-v1:0 0.8 3.2 0.2 0.8 - 300000
anthropic.claude-fable-5 10 50 1 12.5 20 1000000
anthropic.claude-fable-5-1 10 50 0.25 12.5 20 1000000
anthropic.claude-fable-5-2 8 40 0.2 10 16 1000000
anthropic.claude-haiku-4-5-20251001-v1:0 1 5 0.1 1.25 2 200000
anthropic.claude-haiku-5-5 0.1 0.5 0.01 0.125 0.2 1000000 >100000 0.5 2.5 0.05 0.625 1
anthropic.claude-opus-4-1-20250805-v1:0 15 75 1.5 18.75 30 200000
anthropic.claude-opus-4-5-20251101-v1:0 5 25 0.5 6.25 10 200000
anthropic.claude-opus-4-6-v1 5.5 27.5 0.55 6.875 11 1000000
anthropic.claude-opus-4-7 5 25 0.5 6.25 10 1000000
anthropic.claude-opus-4-8 5 25 0.5 6.25 10 1000000
anthropic.claude-opus-5-5 4 20 0.2 5 8 1000000
anthropic.claude-sonnet-4-5-20250929-v1:0 3 15 0.3 3.75 6 200000
anthropic.claude-sonnet-4-6 3.3 16.5 0.33 4.125 6.6 1000000
anthropic.claude-sonnet-5 2 10 0.2 2.5 4 1000000
anthropic.claude-sonnet-5-5 2 10 0.1 2.5 4 1000000
apac.amazon.nova-lite-v1:0 0.063 0.252 0.01575 0.063 - 300000
apac.amazon.nova-micro-v1:0 0.037 0.148 0.00925 0.037 - 128000
apac.amazon.nova-pro-v1:0 0.84 3.36 0.21 0.84 - 300000
apac.anthropic.claude-sonnet-4-20250514-v1:0 3 15 0.3 3.75 6 200000
au.anthropic.claude-haiku-4-5-20251001-v1:0 1.1 5.5 0.11 1.375 2.2 200000
au.anthropic.claude-haiku-5-5 0.11 0.55 0.011 0.1375 0.22 1000000 >100000 0.55 2.75 0.055 0.6875 1.1
au.anthropic.claude-opus-4-6-v1 5.5 27.5 0.55 6.875 11 1000000
au.anthropic.claude-opus-4-7 5.5 27.5 0.55 6.875 11 1000000
au.anthropic.claude-opus-4-8 5.5 27.5 0.55 6.875 11 1000000
au.anthropic.claude-opus-5 5.5 27.5 0.55 6.875 11 1000000
au.anthropic.claude-opus-5-5 4.4 22 0.22 5.5 8.8 1000000
au.anthropic.claude-sonnet-4-5-20250929-v1:0 3.3 16.5 0.33 4.125 6.6 200000
au.anthropic.claude-sonnet-4-6 3.3 16.5 0.33 4.125 6.6 1000000
au.anthropic.claude-sonnet-5 2.2 11 0.22 2.75 4.4 1000000
au.anthropic.claude-sonnet-5-5 2.2 11 0.11 2.75 4.4 1000000
ca.amazon.nova-lite-v1:0 0.064 0.256 0.016 0.064 - 300000
deepseek.v3-v1:0 0.58 1.68 - - - 163840
deepseek.v3.2 0.62 1.85 - - - 163840
eu.amazon.nova-2-lite-v1:0 0.374 3.157 0.0935 0.374 - 1000000
eu.amazon.nova-lite-v1:0 0.069 0.276 0.01725 0.069 - 300000
eu.amazon.nova-micro-v1:0 0.04 0.16 0.01 0.04 - 128000
eu.amazon.nova-pro-v1:0 0.92 3.68 0.23 0.92 - 300000
eu.anthropic.claude-fable-5 11 55 1.1 13.75 22 1000000
eu.anthropic.claude-haiku-4-5-20251001-v1:0 1.1 5.5 0.11 1.375 2.2 200000
eu.anthropic.claude-haiku-5-5 0.11 0.55 0.011 0.1375 0.22 1000000 >100000 0.55 2.75 0.055 0.6875 1.1
eu.anthropic.claude-opus-4-5-20251101-v1:0 5.5 27.5 0.55 6.875 11 200000
eu.anthropic.claude-opus-4-6-v1 5.5 27.5 0.55 6.875 11 1000000
eu.anthropic.claude-opus-4-7 5.5 27.5 0.55 6.875 11 1000000
eu.anthropic.claude-opus-4-8 5.5 27.5 0.55 6.875 11 1000000
eu.anthropic.claude-opus-5 5.5 27.5 0.55 6.875 11 1000000
eu.anthropic.claude-opus-5-5 4.4 22 0.22 5.5 8.8 1000000
eu.anthropic.claude-sonnet-4-20250514-v1:0 3 15 0.3 3.75 6 200000
eu.anthropic.claude-sonnet-4-5-20250929-v1:0 3.3 16.5 0.33 4.125 6.6 200000
eu.anthropic.claude-sonnet-4-6 3.3 16.5 0.33 4.125 6.6 1000000
eu.anthropic.claude-sonnet-5 2.2 11 0.22 2.75 4.4 1000000
eu.anthropic.claude-sonnet-5-5 2.2 11 0.11 2.75 4.4 1000000
eu.mistral.pixtral-large-2502-v1:0 2 6 - - - 128000
global.amazon.nova-2-lite-v1:0 0.3 2.5 0.075 0.3 - 1000000
global.anthropic.claude-fable-5 10 50 1 12.5 20 1000000
global.anthropic.claude-fable-5-1 10 50 0.25 12.5 20 1000000
global.anthropic.claude-fable-5-2 8 40 0.2 10 16 1000000
global.anthropic.claude-haiku-4-5-20251001-v1:0 1 5 0.1 1.25 2 200000
global.anthropic.claude-haiku-5-5 0.1 0.5 0.01 0.125 0.2 1000000 >100000 0.5 2.5 0.05 0.625 1
global.anthropic.claude-opus-4-5-20251101-v1:0 5 25 0.5 6.25 10 200000
global.anthropic.claude-opus-4-6-v1 5 25 0.5 6.25 10 1000000
global.anthropic.claude-opus-4-7 5 25 0.5 6.25 10 1000000
global.anthropic.claude-opus-4-8 5 25 0.5 6.25 10 1000000
global.anthropic.claude-opus-5 5 25 0.5 6.25 10 1000000
global.anthropic.claude-opus-5-5 4 20 0.2 5 8 1000000
global.anthropic.claude-sonnet-4-20250514-v1:0 3 15 0.3 3.75 6 200000
global.anthropic.claude-sonnet-4-5-20250929-v1:0 3 15 0.3 3.75 6 200000
global.anthropic.claude-sonnet-4-6 3 15 0.3 3.75 6 1000000
global.anthropic.claude-sonnet-5 2 10 0.2 2.5 4 1000000
global.anthropic.claude-sonnet-5-5 2 10 0.1 2.5 4 1000000
global.moonshotai.kimi-k3 3 15 0.3 3.75 - 1048576
global.moonshotai.kimi-k3.1 4 20 0.2 5 - 1048576
global.openai.gpt-5.6-luna 0.2 1.2 0.02 0.25 - 1050000 >272000 0.4 1.8 0.04 0.5 -
global.openai.gpt-5.6-sol 4 20 0.4 5 - 1050000 >272000 8 30 0.8 10 -
global.openai.gpt-5.6-terra 2 12 0.2 2.5 - 1050000 >272000 4 18 0.4 5 -
global.openai.gpt-6-astra 10 50 1 12.5 - 1050000 >272000 20 75 2 25 -
global.openai.gpt-6-luna 0.1 0.5 0.01 0.125 - 1050000 >272000 0.2 0.75 0.02 0.25 -
global.openai.gpt-6-sol 2 10 0.2 2.5 - 1050000 >272000 4 15 0.4 5 -
global.openai.gpt-6.1-sol 2 10 0.1 2.5 - 1050000 >272000 4 15 0.2 5 -
global.openai.gpt-6.1-terra 1 5 0.05 1.25 - 1050000 >272000 2 7.5 0.1 2.5 -
global.xai.grok-4.6 2 6 0.5 - - 500000
global.xai.grok-4.7 2 6 0.5 - - 500000
global.zai.glm-5.3 1.68 5.28 0.312 2.1 - 1000000
google.gemma-4-26b-a4b 0.13 0.4 - - - 262144
google.gemma-4-31b 0.14 0.4 - - - 262144
google.gemma-4-e2b 0.04 0.08 - - - 131072
in.anthropic.claude-haiku-4-5-20251001-v1:0 1.1 5.5 0.11 1.375 2.2 200000
in.anthropic.claude-opus-5 5.5 27.5 0.55 6.875 11 1000000
in.anthropic.claude-sonnet-5 2.2 11 0.22 2.75 4.4 1000000
in.openai.gpt-5.6-luna 0.22 1.32 0.022 0.275 - 1050000 >272000 0.44 1.98 0.044 0.55 -
in.openai.gpt-5.6-terra 2.2 13.2 0.22 2.75 - 1050000 >272000 4.4 19.8 0.44 5.5 -
jp.amazon.nova-2-lite-v1:0 0.396 3.311 0.099 0.396 - 1000000
jp.anthropic.claude-haiku-4-5-20251001-v1:0 1.1 5.5 0.11 1.375 2.2 200000
jp.anthropic.claude-haiku-5-5 0.11 0.55 0.011 0.1375 0.22 1000000 >100000 0.55 2.75 0.055 0.6875 1.1
jp.anthropic.claude-opus-4-7 5.5 27.5 0.55 6.875 11 1000000
jp.anthropic.claude-opus-4-8 5.5 27.5 0.55 6.875 11 1000000
jp.anthropic.claude-opus-5 5.5 27.5 0.55 6.875 11 1000000
jp.anthropic.claude-opus-5-5 4.4 22 0.22 5.5 8.8 1000000
jp.anthropic.claude-sonnet-4-5-20250929-v1:0 3.3 16.5 0.33 4.125 6.6 200000
jp.anthropic.claude-sonnet-4-6 3.3 16.5 0.33 4.125 6.6 1000000
jp.anthropic.claude-sonnet-5 2.2 11 0.22 2.75 4.4 1000000
meta.llama3-1-70b-instruct-v1:0 0.72 0.72 - - - 128000
meta.llama3-1-8b-instruct-v1:0 0.22 0.22 - - - 128000
meta.llama3-3-70b-instruct-v1:0 0.72 0.72 - - - 128000
meta.llama4-maverick-17b-instruct-v1:0 0.24 0.97 - - - 1000000
meta.llama4-scout-17b-instruct-v1:0 0.17 0.66 - - - 10000000
minimax.minimax-m2 0.3 1.2 - - - 204608
minimax.minimax-m2.1 0.3 1.2 - - - 196608
minimax.minimax-m2.5 0.3 1.2 - - - 196608
mistral.devstral-2-123b 0.4 2 - - - 262144
mistral.magistral-small-2509 0.5 1.5 - - - 128000
mistral.ministral-3-14b-instruct 0.2 0.2 - - - 128000
mistral.ministral-3-3b-instruct 0.1 0.1 - - - 256000
mistral.ministral-3-8b-instruct 0.15 0.15 - - - 128000
mistral.mistral-large-3-675b-instruct 0.5 1.5 - - - 262144
mistral.pixtral-large-2502-v1:0 2 6 - - - 128000
mistral.voxtral-mini-3b-2507 0.04 0.04 - - - 32768
mistral.voxtral-small-24b-2507 0.1 0.3 - - - 32768
moonshot.kimi-k2-thinking 0.6 2.5 - - - 262144
moonshotai.kimi-k2.5 0.6 3 - - - 262144
nvidia.nemotron-nano-12b-v2 0.2 0.6 - - - 131072
nvidia.nemotron-nano-3-30b 0.06 0.24 - - - 262144
nvidia.nemotron-nano-9b-v2 0.06 0.23 - - - 131072
nvidia.nemotron-super-3-120b 0.15 0.65 - - - 262144
openai.gpt-5.4 2.75 16.5 0.275 - - 1000000
openai.gpt-5.5 5.5 33 0.55 - - 1000000
openai.gpt-5.6-luna 0.22 1.32 0.022 0.275 - 1050000 >272000 0.44 1.98 0.044 0.55 -
openai.gpt-5.6-sol 4.4 22 0.44 5.5 - 1050000 >272000 8.8 33 0.88 11 -
openai.gpt-5.6-terra 2.2 13.2 0.22 2.75 - 1050000 >272000 4.4 19.8 0.44 5.5 -
openai.gpt-6-astra 11 55 1.1 13.75 - 1050000 >272000 22 82.5 2.2 27.5 -
openai.gpt-6-luna 0.11 0.55 0.011 0.1375 - 1050000 >272000 0.22 0.825 0.022 0.275 -
openai.gpt-6-sol 2.2 11 0.22 2.75 - 1050000 >272000 4.4 16.5 0.44 5.5 -
openai.gpt-6.1-sol 2.2 11 0.11 2.75 - 1050000 >272000 4.4 16.5 0.22 5.5 -
openai.gpt-6.1-terra 1.1 5.5 0.055 1.375 - 1050000 >272000 2.2 8.25 0.11 2.75 -
openai.gpt-oss-120b 0.15 0.6 - - - 131072
openai.gpt-oss-120b-1:0 0.15 0.6 - - - 131072
openai.gpt-oss-20b 0.07 0.3 - - - 131072
openai.gpt-oss-20b-1:0 0.07 0.3 - - - 131072
openai.gpt-oss-safeguard-120b 0.15 0.6 - - - 128000
openai.gpt-oss-safeguard-20b 0.07 0.2 - - - 128000
qwen.qwen3-235b-a22b-2507-v1:0 0.22 0.88 - - - 262144
qwen.qwen3-32b-v1:0 0.15 0.6 - - - 32768
qwen.qwen3-coder-30b-a3b-v1:0 0.15 0.6 - - - 262144
qwen.qwen3-coder-480b-a35b-v1:0 0.45 1.8 - - - 131072
qwen.qwen3-coder-next 0.5 1.2 - - - 262144
qwen.qwen3-next-80b-a3b 0.15 1.2 - - - 262144
qwen.qwen3-vl-235b-a22b 0.53 2.66 - - - 262144
us-gov.openai.gpt-oss-120b-1:0 0.18 0.72 - - - 128000
us-gov.openai.gpt-oss-20b-1:0 0.084 0.36 - - - 128000
us.amazon.nova-2-lite-v1:0 0.33 2.75 0.0825 0.33 - 1000000
us.amazon.nova-lite-v1:0 0.06 0.24 0.015 0.06 - 300000
us.amazon.nova-micro-v1:0 0.035 0.14 0.00875 0.035 - 128000
us.amazon.nova-premier-v1:0 2.5 12.5 0.625 2.5 - 1000000
us.amazon.nova-pro-v1:0 0.8 3.2 0.2 0.8 - 300000
us.anthropic.claude-fable-5 11 55 1.1 13.75 22 1000000
us.anthropic.claude-fable-5-1 11 55 0.275 13.75 22 1000000
us.anthropic.claude-fable-5-2 8.8 44 0.22 11 17.6 1000000
us.anthropic.claude-haiku-4-5-20251001-v1:0 1.1 5.5 0.11 1.375 2.2 200000
us.anthropic.claude-haiku-5-5 0.11 0.55 0.011 0.1375 0.22 1000000 >100000 0.55 2.75 0.055 0.6875 1.1
us.anthropic.claude-opus-4-1-20250805-v1:0 15 75 1.5 18.75 30 200000
us.anthropic.claude-opus-4-5-20251101-v1:0 5.5 27.5 0.55 6.875 11 200000
us.anthropic.claude-opus-4-6-v1 5.5 27.5 0.55 6.875 11 1000000
us.anthropic.claude-opus-4-7 5.5 27.5 0.55 6.875 11 1000000
us.anthropic.claude-opus-4-8 5.5 27.5 0.55 6.875 11 1000000
us.anthropic.claude-opus-5 5.5 27.5 0.55 6.875 11 1000000
us.anthropic.claude-opus-5-5 4.4 22 0.22 5.5 8.8 1000000
us.anthropic.claude-sonnet-4-20250514-v1:0 3 15 0.3 3.75 6 200000
us.anthropic.claude-sonnet-4-5-20250929-v1:0 3.3 16.5 0.33 4.125 6.6 200000
us.anthropic.claude-sonnet-4-6 3.3 16.5 0.33 4.125 6.6 1000000
us.anthropic.claude-sonnet-5 2.2 11 0.22 2.75 4.4 1000000
us.anthropic.claude-sonnet-5-5 2.2 11 0.11 2.75 4.4 1000000
us.meta.llama3-1-70b-instruct-v1:0 0.72 0.72 - - - 128000
us.meta.llama3-1-8b-instruct-v1:0 0.22 0.22 - - - 128000
us.meta.llama3-3-70b-instruct-v1:0 0.72 0.72 - - - 128000
us.meta.llama4-maverick-17b-instruct-v1:0 0.24 0.97 - - - 1000000
us.meta.llama4-scout-17b-instruct-v1:0 0.17 0.66 - - - 10000000
us.mistral.pixtral-large-2502-v1:0 2 6 - - - 128000
us.moonshotai.kimi-k3 3.3 16.5 0.33 4.125 - 1048576
us.moonshotai.kimi-k3.1 4.4 22 0.22 5.5 - 1048576
us.openai.gpt-5.6-luna 0.22 1.32 0.022 0.275 - 1050000 >272000 0.44 1.98 0.044 0.55 -
us.openai.gpt-5.6-sol 4.4 22 0.44 5.5 - 1050000 >272000 8.8 33 0.88 11 -
us.openai.gpt-5.6-terra 2.2 13.2 0.22 2.75 - 1050000 >272000 4.4 19.8 0.44 5.5 -
us.openai.gpt-6-astra 11 55 1.1 13.75 - 1050000 >272000 22 82.5 2.2 27.5 -
us.openai.gpt-6-luna 0.11 0.55 0.011 0.1375 - 1050000 >272000 0.22 0.825 0.022 0.275 -
us.openai.gpt-6-sol 2.2 11 0.22 2.75 - 1050000 >272000 4.4 16.5 0.44 5.5 -
us.openai.gpt-6.1-sol 2.2 11 0.11 2.75 - 1050000 >272000 4.4 16.5 0.22 5.5 -
us.openai.gpt-6.1-terra 1.1 5.5 0.055 1.375 - 1050000 >272000 2.2 8.25 0.11 2.75 -
us.writer.palmyra-x4-v1:0 2.5 10 - - - 122880
us.writer.palmyra-x5-v1:0 0.6 6 - - - 1040000
us.xai.grok-4.6 2.2 6.6 0.55 - - 500000
us.xai.grok-4.7 2.2 6.6 0.55 - - 500000
us.zai.glm-5.3 1.848 5.808 0.3432 2.31 - 1000000
writer.palmyra-x4-v1:0 2.5 10 - - - 122880
writer.palmyra-x5-v1:0 0.6 6 - - - 1040000
xai.grok-4.3 1.25 2.5 0.2 - - 1000000
xai.grok-4.6 2.2 6.6 0.55 - - 500000
zai.glm-4.7 0.6 2.2 - - - 202752
zai.glm-4.7-flash 0.07 0.4 - - - 202752
zai.glm-5 1 3.2 - - - 202752
# groq
llama-3.1-8b-instant 0.05 0.08 - - - 131072
llama-3.3-70b-versatile 0.59 0.79 - - - 131072
openai/gpt-oss-120b 0.15 0.6 0.075 - - 131072
openai/gpt-oss-20b 0.075 0.3 0.0375 - - 131072
openai/gpt-oss-safeguard-20b 0.075 0.3 0.0375 - - 131072
qwen/qwen3.6-27b 0.6 3 0.3 - - 131072
qwen/qwen3.8-27b 0.8 4 - - - 131072
# cerebras
gpt-oss-120b 0.35 0.75 0.35 - - 131072
qwen-3.8-27b 0.99 1.49 0.99 - - 131072
# together
MiniMaxAI/MiniMax-M3 0.3 1.2 0.06 - - 524288
Qwen/Qwen3.5-9B 0.17 0.25 - - - 262144
Qwen/Qwen3.6-Plus 0.5 3 - - - 1000000
Qwen/Qwen3.7-Max 2.5 7.5 0.5 - - 1000000
deepseek-ai/DeepSeek-V4-Pro-0813 1.32 3.96 0.13 - - 1048576
deepseek-ai/DeepSeek-V4.1-Flash 0.3 1.2 0.006 - - 1048576
meta-models/Muse-Spark-Open-816B-A42B 1.25 4.25 0.15 - - 1048576
moonshotai/Kimi-K3 3 15 0.3 - - 1048576
moonshotai/Kimi-K3.1-Pro 2 10 0.2 - - 1048576
nvidia/NVIDIA-Nemotron-3.5-Super-VL 0.15 0.5 0.02 - - 262144
openai/gpt-oss-120b 0.15 0.6 - - - 131072
reflection/Beam-1.0-501B-A23B 0.4 1.2 0.04 - - 1048576
thinkingmachines/Inkling 1 4.05 0.17 - - 524288
zai-org/GLM-5.2 1.4 4.4 0.26 - - 1048575
zai-org/GLM-5.3 1.4 4.4 0.26 - - 1048575
zai-org/GLM-5.3-Flash 0.15 0.5 0.03 - - 1048575
# fireworks
accounts/fireworks/models/deepseek-v4p1-flash 0.3 1.2 0.006 - - 1000000
accounts/fireworks/models/deepseek-v4p1-flash-1017 0.3 1.2 0.006 - - 1000000
accounts/fireworks/models/ember-1 3 15 0.3 - - 1048576
accounts/fireworks/models/glm-5p3 1.4 4.4 0.26 - - 1048573
accounts/fireworks/models/glm-5p3-flash 0.15 0.5 0.03 - - 1048573
accounts/fireworks/models/kimi-k3 3 15 0.3 - - 1048576
accounts/fireworks/models/kimi-k3p1-pro 2 10 0.2 - - 1048576
accounts/fireworks/models/minimax-m3 0.3 1.2 0.06 - - 512000
accounts/fireworks/models/minimax-m3p1-flash 0.15 0.6 0.015 - - 1000000
accounts/fireworks/models/muse-spark-open 1.25 4.25 0.15 - - 1048576
accounts/fireworks/models/qwen3p8-2p4t-a95b 2 6 0.25 - - 262144
accounts/fireworks/models/qwen3p8-max 2 6 0.25 - - 262144
accounts/fireworks/routers/deepseek-flash-latest 0.3 1.2 0.006 - - 1000000
accounts/fireworks/routers/deepseek-v4p1-flash-1017-spot 0.21 0.84 0.0042 - - 1000000
accounts/fireworks/routers/deepseek-v4p1-flash-1017-ultrafast 2.4 9.6 0.048 - - 1000000
accounts/fireworks/routers/deepseek-v4p1-flash-spot 0.21 0.84 0.0042 - - 1000000
accounts/fireworks/routers/glm-5p3-fast 2.1 6.6 0.39 - - 1048572
accounts/fireworks/routers/glm-5p3-spot 0.98 3.08 0.182 - - 1048573
accounts/fireworks/routers/glm-fast-latest 2.1 6.6 0.39 - - 1048572
accounts/fireworks/routers/glm-flash-latest 0.15 0.5 0.03 - - 1048573
accounts/fireworks/routers/glm-latest 1.4 4.4 0.26 - - 1048573
accounts/fireworks/routers/kimi-fast-latest 4.5 22.5 0.45 - - 1048576
accounts/fireworks/routers/kimi-k3-fast 4.5 22.5 0.45 - - 1048576
accounts/fireworks/routers/kimi-k3-spot 2.1 10.5 0.21 - - 1048576
accounts/fireworks/routers/kimi-latest 3 15 0.3 - - 1048576
accounts/fireworks/routers/minimax-latest 0.3 1.2 0.06 - - 512000
accounts/fireworks/routers/qwen-max-latest 2 6 0.25 - - 262144
`;
