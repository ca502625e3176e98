import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/controls.css';
import '../ui/surfaces.css';
import '../ui/lists.css';
import './shell.css';
import '../ui/forced.css';
import '../ui/print.css';

import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';

import { below } from '../base.ts';
import { LanguageProvider } from '../i18n/language.tsx';
import { aroundNav } from '../ui/leaving.tsx';
import { applyTheme, chosenTheme } from '../ui/theme.ts';
import { Boundary } from './Boundary.tsx';
import { Routes } from './routes.tsx';
import { SessionProvider } from './session.tsx';
import { Shell } from './Shell.tsx';

applyTheme(chosenTheme());

const root = document.getElementById('portal');
if (root) {
  createRoot(root).render(
    <LanguageProvider>
      <Router base={below('/app')} aroundNav={aroundNav}>
        <Boundary>
          <SessionProvider>
            <Shell>
              <Routes />
            </Shell>
          </SessionProvider>
        </Boundary>
      </Router>
    </LanguageProvider>,
  );
}
