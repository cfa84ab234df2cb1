import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

/** Attributes whose text people read. */
const READ = new Set(['title', 'label', 'placeholder', 'alt', 'aria-label', 'aria-description']);
const LETTER = /\p{L}/u;

/** Text that people read comes from the catalogues, never from the code. */
const noRawText = {
  meta: { type: 'problem', schema: [], messages: { raw: 'Text for people belongs into src/i18n.' } },
  create(context) {
    const report = (node) => context.report({ node, messageId: 'raw' });
    const isText = (node) => node.type === 'Literal' && typeof node.value === 'string';
    return {
      JSXText(node) {
        if (LETTER.test(node.value)) report(node);
      },
      'JSXExpressionContainer > Literal'(node) {
        const inAttribute = node.parent.parent.type === 'JSXAttribute';
        if (!inAttribute && isText(node) && LETTER.test(node.value)) report(node);
      },
      JSXAttribute(node) {
        if (!READ.has(node.name.name) || node.value === null) return;
        const value = node.value.type === 'JSXExpressionContainer' ? node.value.expression : node.value;
        if (isText(value) && LETTER.test(value.value)) report(node);
      },
    };
  },
};

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.ts'] },
  {
    files: ['src/**/*.{ts,tsx}', 'e2e/**/*.ts'],
    extends: [...ts.configs.strict],
    plugins: { 'react-hooks': hooks, ferrite: { rules: { 'no-raw-text': noRawText } } },
    rules: {
      'ferrite/no-raw-text': 'error',
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', 500],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Text from the network is data.',
        },
      ],
    },
  },
);
