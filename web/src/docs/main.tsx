import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/controls.css';
import '../ui/surfaces.css';
import '../ui/lists.css';
import '../app/shell.css';
import './docs.css';
import './reference.css';
import './code/code.css';
import '../ui/forced.css';
import '../ui/print.css';

import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';

import { Boundary } from '../app/Boundary.tsx';
import { below } from '../base.ts';
import { LanguageProvider } from '../i18n/language.tsx';
import { applyTheme, chosenTheme } from '../ui/theme.ts';
import { SampleLanguageProvider } from './code/language.tsx';
import { Routes } from './routes.tsx';
import { Shell } from './Shell.tsx';

applyTheme(chosenTheme());

const root = document.getElementById('docs');
if (root) {
  createRoot(root).render(
    <LanguageProvider>
      <Router base={below('/docs')}>
        <Boundary>
          <SampleLanguageProvider>
            <Shell>
              <Boundary>
                <Routes />
              </Boundary>
            </Shell>
          </SampleLanguageProvider>
        </Boundary>
      </Router>
    </LanguageProvider>,
  );
}
