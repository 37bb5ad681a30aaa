"""Names are sorted and cited as a catalogue has them."""

from __future__ import annotations

import pytest

from press.model.names import is_group, split_name

PEOPLE = """
en | W. E. B. Du Bois | Du Bois, W. E. B.
en | Martin Van Buren | Van Buren, Martin
en | Thomas De Quincey | De Quincey, Thomas
en | Ursula K. Le Guin | Le Guin, Ursula K.
en | Daniel De Leon | De Leon, Daniel
en | Catherine Van der Meer | Van der Meer, Catherine
en | Daphne du Maurier | du Maurier, Daphne
en | Micaela di Leonardo | di Leonardo, Micaela
en | Emma Goldman | Goldman, Emma
en | Elizabeth Gurley Flynn | Flynn, Elizabeth Gurley
en | Mary Wollstonecraft | Wollstonecraft, Mary
en | E. P. Thompson | Thompson, E. P.
en | Big Bill Haywood | Haywood, Big Bill
en | Seán O’Casey | O’Casey, Seán
en | Bernadette Devlin McAliskey | McAliskey, Bernadette Devlin
en | Cathal Mac Giolla | Mac Giolla, Cathal
ga | Máirtín Ó Cadhain | Ó Cadhain, Máirtín
en | Norman St. John | St. John, Norman
en | Sheila Rowbotham | Rowbotham, Sheila
en | Martin Luther King Jr. | King, Martin Luther, Jr.
en | Henry Ford II | Ford, Henry, II
en | John D. Rockefeller III | Rockefeller, John D., III
en | Dr. James Barry | Barry, Dr. James
en | Alexandra Kollontai | Kollontai, Alexandra
en | Vladimir Ilyich Lenin | Lenin, Vladimir Ilyich
en | C. L. R. James | James, C. L. R.
en | M. N. Roy | Roy, M. N.
en | Kim Moody | Moody, Kim
en | Kim Stanley Robinson | Robinson, Kim Stanley
en | Park Honan-Smith | Honan-Smith, Park
en | Sen Katayama | Katayama, Sen
en | Ahmed Ben Bella | Ben Bella, Ahmed
en | David Ben-Gurion | Ben-Gurion, David
en | Osama bin Laden | bin Laden, Osama
en | Hassan al-Banna | al-Banna, Hassan
en | Ernesto “Che” Guevara | Guevara, Ernesto “Che”
en | Simone de Beauvoir | Beauvoir, Simone de
en | Bartolomé de las Casas | Casas, Bartolomé de las
en | J. P. O'Neill | O'Neill, J. P.
fr | Jean-Paul Sartre | Sartre, Jean-Paul
de | Ludwig van Beethoven | Beethoven, Ludwig van
ar | فاطمة الزهراء | الزهراء, فاطمة
en | Vincent van Gogh | Gogh, Vincent van
de | Johann Wolfgang von Goethe | Goethe, Johann Wolfgang von
de | Carl von Ossietzky | Ossietzky, Carl von
de | Bettina von Arnim | Arnim, Bettina von
de | Karl-Theodor von und zu Guttenberg | Guttenberg, Karl-Theodor von und zu
de | Walther von der Vogelweide | Vogelweide, Walther von der
de | Erich vom Ende | vom Ende, Erich
de | Rosa Luxemburg | Luxemburg, Rosa
de | Annette von Droste-Hülshoff | Droste-Hülshoff, Annette von
fr | Jean de La Fontaine | La Fontaine, Jean de
fr | Étienne de la Boétie | la Boétie, Étienne de
fr | Charles Du Bos | Du Bos, Charles
fr | Joachim du Bellay | du Bellay, Joachim
fr | Olympe de Gouges | Gouges, Olympe de
fr | Paul-Henri d’Holbach | Holbach, Paul-Henri d’
fr | Louise Michel | Michel, Louise
fr | Louis Antoine de Saint-Just | Saint-Just, Louis Antoine de
fr | Guy Le Querrec | Le Querrec, Guy
fr | Pierre-Joseph Proudhon | Proudhon, Pierre-Joseph
nl | Ferdinand Domela Nieuwenhuis | Nieuwenhuis, Ferdinand Domela
nl | Marinus van der Lubbe | Lubbe, Marinus van der
nl | Joop den Uyl | Uyl, Joop den
nl | Bart de Ligt | Ligt, Bart de
nl-BE | Herman van Rompuy | van Rompuy, Herman
nl-BE | August de Winne | de Winne, August
nl | Jacob van ’t Hoff | Hoff, Jacob van ’t
af | Jan van der Merwe | van der Merwe, Jan
it | Gabriele D’Annunzio | D’Annunzio, Gabriele
it | Edmondo De Amicis | De Amicis, Edmondo
it | Giuseppe Di Vittorio | Di Vittorio, Giuseppe
it | Arturo de Benedetti | de Benedetti, Arturo
it | Grazia dell’Orto | dell’Orto, Grazia
it | Carlo dalla Chiesa | dalla Chiesa, Carlo
it | Antonio Gramsci | Gramsci, Antonio
es | Juana Inés de la Cruz | Cruz, Juana Inés de la
es | Miguel de Unamuno | Unamuno, Miguel de
es | José de San Martín | San Martín, José de
es | Ricardo Flores Magón | Flores Magón, Ricardo
es | José Carlos Mariátegui | Mariátegui, José Carlos
es | José Ortega y Gasset | Ortega y Gasset, José
es | Buenaventura Durruti | Durruti, Buenaventura
ca | Francesc Pi i Margall | Pi i Margall, Francesc
es | Antonio del Río | Río, Antonio del
pt | Luís da Câmara | Câmara, Luís da
pt | Euclides da Cunha | Cunha, Euclides da
pt | José dos Santos | Santos, José dos
pt | Caio Prado Júnior | Prado Júnior, Caio
sv | Axel af Chapman | Chapman, Axel af
is | Jón Sigurðsson | =
en | Vigdís Finnbogadóttir | =
is | Halldór Laxness | Laxness, Halldór
hu | Kun Béla | =
hu | Lukács György | =
hu | Karl Marx | Marx, Karl
en | Georg Lukács | Lukács, Georg
en | Ho Chi Minh | =
vi | Nguyễn Ái Quốc | =
en | Võ Nguyên Giáp | =
en | Ta Thu Thau | =
en | Le Duan | =
en | Mao Zedong | =
en | Mao Tse-tung | =
en | Ch’en Tu-hsiu | =
en | Chen Duxiu | =
en | Sun Yat-sen | =
en | Peng Shuzhi | =
fr | Deng Xiaoping | =
zh | 毛泽东 | =
ja | 幸徳 秋水 | =
en | Kōtoku Shūsui | =
en | Ōsugi Sakae | =
en | Kaneko Fumiko | =
en | Kim Il Sung | =
en | Kim Jong-un | =
en | Pak Hon-yong | =
ko | 김일성 | =
en | Voltaire | =
en | Spartacus | =
en | Malcolm X | =
en | Ada B. | =
en | Louis XIV | =
en | John Paul II | =
en | Pope Francis | =
en | Mother Jones | =
en | Captain Swing | =
es | Subcomandante Insurgente Marcos | =
en | Du Bois | =
en | van Gogh | =
en | Ibn Khaldun | =
""".strip().splitlines()

GROUPS = """
Industrial Workers of the World | Spartacus League | Anarchist Federation | Comité d'action | The Harbour Street Women
Combahee River Collective | Situationist International | Black Panthers | Rote Armee Fraktion | Earth First!
Kate Sharpley Library | Zabalaza Books | Socialisme ou Barbarie | Bread and Roses | L’Insurgé | Branch 14
The Harbour Street Committee | Workers' Fight | Railway Workshop | the strikers of Hall 3 | ljn fatima
لجنة عمال المخابز | Some Bus Drivers of the Night Shift | Some drivers | Harbour Street Committee
İstanbul İşçi Birliği | Türkiye Komünist Partisi | الحزب الشيوعي المصري | Профсоюз пекарей
Comité d’action travailleurs-étudiants | Brigate Rosse | Lutte Ouvrière | 14 bus drivers | Die Rote Fahne
""".replace("\n", " | ")


@pytest.mark.parametrize("line", PEOPLE)
def test_a_person_is_sorted_as_in_a_catalogue(line: str) -> None:
    lang, name, inverted = line.split(" | ")
    split = split_name(name, lang)
    assert split.inverted == (name if inverted == "=" else inverted)
    assert split.whole == name
    assert not split.is_group


@pytest.mark.parametrize("name", [name for name in map(str.strip, GROUPS.split(" | ")) if name])
def test_a_group_is_never_turned_round(name: str) -> None:
    assert is_group(name)
    assert split_name(name).inverted == name


def test_a_group_whose_name_looks_like_a_person_s_is_listed() -> None:
    assert split_name("Big Flame", groups=["Big Flame"]).is_group
    assert not is_group("Big Flame")


def test_names_are_sorted_by_family_name_without_marks_and_articles() -> None:
    written = [
        "Hassan al-Banna",
        "W. E. B. Du Bois",
        "The Dockers’ Union",
        "Ōsugi Sakae",
        "Ada Banner",
        "Ho Chi Minh",
    ]
    filed = sorted((split_name(name, "en") for name in written), key=lambda name: name.sort_key)
    assert [name.whole for name in filed] == [
        "Hassan al-Banna", "Ada Banner", "The Dockers’ Union", "W. E. B. Du Bois", "Ho Chi Minh", "Ōsugi Sakae",
    ]  # fmt: skip
