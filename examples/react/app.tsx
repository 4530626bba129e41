import {useState} from 'react';
import {createRoot} from 'react-dom/client';
import 'diarupt/react';

function App() {
  const [handsOn, setHandsOn] = useState(false);
  const [said, setSaid] = useState('');
  return (
    <>
      <diarupt-interaction
        session-url="/session"
        mode={handsOn ? 'hands-on' : 'hands-free'}
        ontranscript={({detail}) => setSaid(`${detail.role}: ${detail.content}`)}
      />
      <label>
        <input
          type="checkbox"
          checked={handsOn}
          onChange={event => setHandsOn(event.target.checked)}
        />
        I say when I have finished
      </label>
      <output>{said}</output>
    </>
  );
}

createRoot(document.querySelector('main')!).render(<App />);
