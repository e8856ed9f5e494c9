/**
 * Evenings that the weights were not made for: what a sensible person would say of each was written down before the
 * explainer was asked. The open half may be looked at while weights are changed; the frozen half only tells how well that
 * went. Written like `scenarios.ts`.
 */
import { readScenarios } from "./read-scenario.ts";

export const open = readScenarios(`
Somebody gets in
critical  away      the back door opens at two in the morning, then motion in the kitchen and the hallway
                    02:00:00 door back_door; 02:00:08 motion kitchen; 02:00:20 motion hallway
critical  vacation  a cellar window opens at night, then somebody on the stairs
                    01:30:00 window basement; 01:30:40 person stairs 0.8
elevated  home      an upstairs window opens by day at home, then a stranger in the bedroom
                    15:00:00 window bedroom; 15:00:20 person bedroom 0.9 known=false
critical  night     a side door opens at four in the morning, then a stranger in the kitchen, all asleep
                    04:00:00 door side_door; 04:00:15 person kitchen 0.9 known=false
elevated  night     a person in the kitchen at night whom the camera does not know
                    03:00:00 person kitchen 0.9 known=false
elevated  home      the same, the mode still at home
                    03:00:00 person kitchen 0.9 known=false

Somebody waits
elevated  away      a vehicle waits five minutes in the driveway at night
                    02:00:00 vehicle driveway 0.9 dwellSeconds=300
elevated  away      the same, told again and again by the camera
                    02:00:00 vehicle driveway 0.9; 02:01:00 vehicle driveway 0.9; 02:02:00 vehicle driveway 0.9;
                    02:03:00 vehicle driveway 0.9; 02:04:00 vehicle driveway 0.9; 02:05:00 vehicle driveway 0.9
elevated  vacation  somebody stands at the front door for four minutes on a holiday night
                    23:40:00 person front_door 0.9 dwellSeconds=240
standard  home      a friend waits in the porch for two minutes, residents at home
                    19:00:00 person porch 0.9 dwellSeconds=120

Ordinary evenings
low       home      the children come home from school by the front door
                    15:40:00 person front_door 0.9; 15:40:10 door front_door; 15:40:15 motion hallway;
                    15:40:40 motion kitchen
low       night     somebody goes to the bathroom and back
                    02:10:00 motion hallway; 02:10:20 person bathroom; 02:13:00 motion hallway
low       away      the neighbour parks his own car next door
                    18:00:00 vehicle Neighbour's_driveway 0.9; 18:01:00 person Neighbour's_driveway 0.9
low       home      a camera at two frames a second sees the residents on the porch
                    18:00:00 person porch 0.9; 18:00:01 person porch 0.9; 18:00:02 person porch 0.9;
                    18:00:03 person porch 0.9; 18:00:04 person porch 0.9; 18:00:05 person porch 0.9
low       away      people walk past in the street all evening
                    20:00:00 person street 0.9; 20:00:30 person street 0.9; 20:01:00 person street 0.9
standard  away      somebody looks over the fence by day
                    14:00:00 person north_fence 0.9
low       home      the gardener works round the house by day
                    10:00:00 person backyard 0.9 known=true; 10:00:40 person side_yard 0.9 known=true;
                    10:01:20 person front_yard 0.9 known=true
elevated  away      somebody goes from the driveway to the back door at dusk
                    21:30:00 person driveway 0.9; 21:30:25 person back_door 0.9
standard  home      a stranger rings late and goes
                    22:30:00 doorbell front_door; 22:30:10 person front_door 0.9 known=false
critical  away      a window breaks and somebody is inside
                    13:00:00 glass_break kitchen; 13:00:09 person kitchen 0.9
`);

export const frozen = readScenarios(`
Somebody gets in
critical  away      the garage door opens at one in the morning, then motion in the hallway and the living room
                    01:00:00 door garage_door; 01:00:20 motion hallway; 01:00:35 motion living_room
critical  away      a bedroom window opens by night, then a person in the bedroom
                    23:50:00 window bedroom; 23:50:12 person bedroom 0.8
critical  vacation  the kitchen door opens, then movement in the kitchen
                    03:15:00 door Kitchen_door; 03:15:05 motion kitchen
elevated  night     a stranger in the hallway while all are asleep
                    04:20:00 person hallway 0.9 known=false
elevated  night     a person in the living room at night whom the camera does not know
                    01:10:00 person living_room 0.85 known=false
elevated  away      somebody comes in by the front door at noon and goes to the kitchen, no key
                    12:30:00 door front_door; 12:30:12 motion hallway; 12:30:25 motion kitchen

Somebody waits
elevated  vacation  a van waits ten minutes in the driveway at night
                    00:30:00 vehicle driveway 0.85 dwellSeconds=600
elevated  away      somebody lingers at the side door for three minutes in the evening
                    22:15:00 person side_door 0.9 dwellSeconds=180
elevated  away      a person in the back garden again and again for four minutes at night
                    02:00:00 person backyard 0.9; 02:01:00 person backyard 0.9; 02:02:00 person backyard 0.9;
                    02:03:00 person backyard 0.9; 02:04:00 person backyard 0.9
low       home      a taxi waits in the street
                    20:00:00 vehicle street 0.9 dwellSeconds=300

Ordinary evenings
low       away      a parcel is left at noon and nobody lingers
                    12:00:00 person front_door 0.6; 12:00:20 package front_door 0.9
low       night     the cat walks through the kitchen
                    03:00:00 motion kitchen; 03:00:05 animal kitchen 0.8
low       home      somebody takes the rubbish out in the evening
                    21:00:00 door side_door; 21:00:06 person side_yard 0.9
low       home      a party in the garden
                    20:00:00 person backyard 0.9; 20:00:05 person backyard 0.9; 20:00:10 person backyard 0.9;
                    20:00:15 person backyard 0.9; 20:00:20 person backyard 0.9; 20:00:25 person backyard 0.9
low       away      joggers on the pavement at dawn
                    06:10:00 person pavement 0.9; 06:11:30 person pavement 0.9
low       away      the resident comes home with a code in the evening
                    19:00:00 vehicle driveway 0.9; 19:00:40 door front_door method=code; 19:00:50 motion hallway
low       home      a hedgehog in the garden at night
                    23:30:00 animal backyard 0.7
standard  away      two people at the gate by day
                    11:00:00 person Main_gate 0.7; 11:00:20 person Main_gate 0.7
elevated  night     somebody tries the back door, then a window, and goes
                    03:30:00 door back_door; 03:30:30 window kitchen; 03:31:00 person backyard 0.9
critical  away      glass breaks at the back, then somebody in the living room
                    02:45:00 glass_break back_door; 02:45:15 person living_room 0.9
`);
