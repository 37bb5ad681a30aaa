"""Dates as they are printed in many languages are read as EDTF; prose and headings with numbers are no dates."""

import pytest

from press.editor.importing.data_model import Confidence
from press.editor.importing.dates_in_lines import find_date_within, is_electronic, read_imprint, read_issue_line
from press.editor.importing.printed_dates import may_be_date, read_printed_date
from press.model.dates import parse_date

TODAY = "2026-11-29"

PRINTED = """
ru|1 мая 1905 г.|1905-05-01
ru|9 января 1905 года|1905-01-09
ru|Петроград, 25 октября 1917 г.|1917-10-25
ru|Май 1917|1917-05
ru|в октябре 1917 г.|1917-10
ru|25 октября (7 ноября) 1917 г.|1917-11-07
ru|1905 г.|1905
ru|Первое мая 1917 года|1917-05-01
pl|1 maja 1905 r.|1905-05-01
pl|Warszawa, dnia 1 maja 1905 roku|1905-05-01
pl|w maju 1905|1905-05
pl|Łódź, w czerwcu 1905 r.|1905-06
cs|V Praze dne 28. října 1918|1918-10-28
cs|1. května 1936|1936-05-01
sk|1. mája 1936|1936-05-01
sl|1. maja 1936|1936-05-01
hr|1. svibnja 1936.|1936-05-01
hu|1956. október 23.|1956-10-23
hu|Budapest, 1956. október 23-án|1956-10-23
hu|1919. május|1919-05
ro|1 mai 1936|1936-05-01
bg|1 май 1936 г.|1936-05-01
uk|1 травня 1917 р.|1917-05-01
uk|Київ, 1 травня 1917 року|1917-05-01
el|3 Μαΐου 1936|1936-05-03
el|Θεσσαλονίκη, 9 Μάη 1936|1936-05-09
el|ΜΑΗΣ 1936|1936-05
tr|1 Mayıs 1977|1977-05-01
tr|İstanbul, 15 Haziran 1970|1970-06-15
nl|Amsterdam, 1 mei 1936|1936-05-01
nl|den 1sten mei 1936|None
da|København, den 1. maj 1936|1936-05-01
sv|Stockholm den 1 maj 1936|1936-05-01
no|Oslo, 1. mai 1936|1936-05-01
fi|1. toukokuuta 1936|1936-05-01
fi|toukokuussa 1936|1936-05
ca|Barcelona, 3 de maig de 1937|1937-05-03
ca|19 d'abril de 1937|1937-04-19
pt|3 de maio de 1968|1968-05-03
pt|Lisboa, 25 de Abril de 1974|1974-04-25
es|Madrid, a 3 de mayo de 1936|1936-05-03
es|1.º de mayo de 1931|1931-05-01
it|lì 3 settembre 1920|1920-09-03
it|Milano, addì 3 settembre 1920|1920-09-03
it|Torino, 1° maggio 1920|1920-05-01
zh|1936年5月3日|1936-05-03
zh|一九三六年五月三日|1936-05-03
zh|民國二十五年五月三日|1936-05-03
ja|昭和11年5月3日|1936-05-03
ko|1936년 5월 3일|1936-05-03
ar|3 مايو 1936|1936-05-03
ar|١ أيار ١٩٣٦|1936-05-01
he|1 במאי 1936|1936-05-01
he|מאי 1936|1936-05
fa|۳ مه ۱۹۳۶|1936-05-03
eo|1 majo 1936|1936-05-01
eo|la 1-an de majo 1936|1936-05-01
de|im März 1848|1848-03
de|München, im Februar 1943|1943-02
de|Jänner 1934|1934-01
de|Wien, im Jänner 1934|1934-01
de|Anfang Mai 1919|1919-05
de|Berlin, den 9. November 1918|1918-11-09
de|Samstag, den 9. November 1918, um 18 Uhr|1918-11-09
de|vom 3. bis 5. Mai 1968|1968-05-03/1968-05-05
de|Winter 1984/85|1984-24
de|im Sommer 1921|1921-22
fr|Mardi 14 mai 1968, 14 h.|1968-05-14
fr|du 3 au 5 mai 1968|1968-05-03/1968-05-05
fr|1er mai 1906|1906-05-01
fr|PARIS, LE 3 FEVRIER 1934|1934-02-03
fr|début mai 1968|1968-05
fr|Paris, 14 h 30, le 3 mai 1968|None
fr|le 3 mai 1968 à 14 h 30|1968-05-03
fr|3 mai 1968 au matin|1968-05-03
en|Monday 3 May 1926, 6 p.m.|1926-05-03
en|3 May 1926 at 7.30 o'clock|1926-05-03
en|Sunday, May 3rd, 1936, at 8 p.m.|1936-05-03
en|18-23 June 1917|1917-06-18/1917-06-23
en|June 18–23, 2017|2017-06-18/2017-06-23
en|30 April – 2 May 1936|1936-04-30/1936-05-02
es|Julio-agosto de 1936|1936-07/1936-08
en|1914-1918|1914/1918
en|1984/85|1984/1985
en|1914–18|1914/1918
en|Winter 1984/85|1984-24
en|Winter 1984-5|None
en|Spring, 1933|1933-21
es|Primavera de 1936|1936-21
fr|Printemps 1871|1871-21
ru|Осень 1917 г.|1917-23
en|May Day 1926|1926-05-01
en|May-Day, 1894|1894-05-01
en|the 4th of May, 1842|1842-05-04
en|11/24 January 1905|1905-01-24
en|3.V.1936|1936-05-03
en|3-V-36|1936-05-03?
pl|1 V 1936 r.|1936-05-01
en|MDCCXCIII|1793
en|LONDON, MDCCXCIII|1793
en|Anno 1793|1793
en|An. 1793|1793
en|Halifax, 4 May 1842|1842-05-04
en|Chicago, Ill., May 4, 1886|1886-05-04
en|Chicago, May 4th, 1886|1886-05-04
en|3 May 1936, Barcelona|1936-05-03
en|Third Year of the Republic|None
fr|An II|None
fr|5 ventôse an II|None
en|May 1926|1926-05
en|early May 1919|1919-05
en|Spring–Summer 1994|1994-21/1994-22
en|December 1984 - January 1985|1984-12/1985-01
en|August/September 1917|1917-08/1917-09
sr|1. маја 1936. године|1936-05-01
sr-Latn|Beograd, 1. maja 1936. godine|1936-05-01
lt|1990 m. kovo 11 d.|1990-03-11
lv|1990. gada 4. maijā|1990-05-04
et|1. mai 1936. a.|1936-05-01
eu|1936ko maiatzaren 1a|1936-05-01
be|25 сакавіка 1918 г.|1918-03-25
gl|1 de maio de 1936|1936-05-01
en|London, 1793|1793
en|London: May 1926|1926-05
en|[May 1926]|1926-05
en|(May 1926)|1926-05
sv|1:a maj 1917|1917-05-01
it|Primo maggio 1920|1920-05-01
es|Primero de mayo de 1937|1937-05-01
en|First of May 1890|1890-05-01
yi|1טער מאי 1905|None
en|Oct. 1974|1974-10
en|Oct '74|1974-10?
en|3 May '68|1968-05-03?
en|3rd May, 1968.|1968-05-03
en|Sun 3 May 1936|1936-05-03
en|Friday 3 May 1936|1936-05-03?
en|1936-05-03|1936-05-03
en|3/5/1936|1936
de|3.5.1936|1936-05-03
es|martes, 5 de mayo de 1936|1936-05-05
es|mar. 5 de mayo de 1936|1936-05-05
vi|3 tháng 5 năm 1936|None
en|the 1st day of May, 1790|1790-05-01
en|this 4th day of July, 1776|1776-07-04
en|Philadelphia, February 14, 1776|1776-02-14
en|New York, N. Y., Sept. 3, 1912|1912-09-03
en|New-York, January 1st, 1840|1840-01-01
en|Dublin, April 24th, 1916|1916-04-24
en|Written in March, 1649|1649-03
en|Anno Dom. 1649|1649
en|1st of the 5th Month, 1790|None
en|May, 1887.|1887-05
en|MAY 1ST, 1890|1890-05-01
en|MAY, 1926|1926-05
en|Monday, July 14th 1913|1913-07-14
en|10 Dec 1984|1984-12-10
en|10th Dec., 1984|1984-12-10
en|December 10 1984|1984-12-10
en|Dec 84|1984-12?
en|Wed. 12th Feb. 1919, 7.30 p.m.|1919-02-12
en|February 20–22, 1919|1919-02-20/1919-02-22
en|August 31st to September 4th, 1920|1920-08-31/1920-09-04
en|Late June 1919|1919-06
en|Mid-1968|1968
en|c. 1880|1880~
en|circa May 1911|1911-05~
en|[c. 1919]|1919~
en|[1919?]|1919?
en|1919 or 1920|None
en|n.d. [1919]|None
en|March 1649/50|None
en|30 January 1648/9|None
en|1/5/1890|1890
en|31/12/1984|1984-12-31
en|12/31/1984|1984-12-31
en|2011-10-05|2011-10-05
en|5 Oct. 2011|2011-10-05
en|Glasgow, Friday 31st January 1919|1919-01-31
en|At Putney, 28 October 1647|1647-10-28
en|Dated at Boston, the 5th of March, 1770|1770-03-05
en|London: 1 May 1890|1890-05-01
en|London, E.C., May 1890|1890-05
fr|Paris, 13 janvier 1898|1898-01-13
fr|Paris, le 18 mars 1871|1871-03-18
fr|Paris, le 1er avril 1871.|1871-04-01
fr|Hôtel-de-Ville, 29 mars 1871|1871-03-29
fr|Versailles, 6 octobre 1789|1789-10-06
fr|Fait à Paris, le 26 août 1789|1789-08-26
fr|A Lyon, ce 21 novembre 1831|1831-11-21
fr|Ce 14 juillet 1789|1789-07-14
fr|le lundi 13 mai 1968|1968-05-13
fr|Vendredi 24 mai 68|1968-05-24?
fr|24.5.68|1968-05-24?
fr|24/5/68|1968-05-24?
fr|Nanterre, 22 mars 1968|1968-03-22
fr|Mai-juin 1968|1968-05/1968-06
fr|Mai 1968|1968-05
fr|Mai 68|1968-05?
fr|fin mai 1968|1968-05
fr|PARIS, LE 2 DÉCEMBRE 1851|1851-12-02
fr|le 1er MAI 1906|1906-05-01
fr|1er et 2 mai 1906|1906-05-01/1906-05-02
fr|Novembre 1918|1918-11
fr|l'an 1789|1789
fr|le 9 thermidor an II|None
fr|27 juillet 1794 (9 thermidor an II)|None
fr|Bruxelles, 8 août 1885|1885-08-08
fr|Genève, septembre 1866|1866-09
fr|Saint-Imier, le 15 septembre 1872|1872-09-15
fr|Été 1936|1936-22
fr|Hiver 1917-1918|1917-24
fr|Paris, juin 1936. — 2 heures du matin|None
de|Berlin, den 18. März 1848|1848-03-18
de|Frankfurt a. M., den 1. April 1848|1848-04-01
de|Frankfurt a. M., im September 1848|1848-09
de|Köln, 31. Mai 1848|1848-05-31
de|Leipzig, am 5. Januar 1919|1919-01-05
de|München, den 7. April 1919|1919-04-07
de|München, 18.2.1943|1943-02-18
de|München, 18. Febr. 1943|1943-02-18
de|Wien, 12. Feber 1934|1934-02-12
de|Zürich, Sept. 1915|1915-09
de|Stuttgart, Ende Juli 1914|1914-07
de|Kiel, 4. Novbr. 1918|1918-11-04
de|Berlin, 9. 11. 1918|1918-11-09
de|Berlin, den 9. XI. 1918|1918-11-09
de|Berlin-Neukölln, 1. Mai 1929|1929-05-01
de|Anno 1525|1525
de|Im Jahre 1525|1525
de|Im Jahr 1848|1848
de|15. bis 18. Mai 1848|1848-05-15/1848-05-18
de|Herbst 1977|1977-23
de|Weihnachten 1916|None
de|Dienstag, 5. November 1918, abends 8 Uhr|1918-11-05
de|Mitte Februar 1943|1943-02
it|Milano, 23 maggio 1915|1915-05-23
it|Milano, li 6 maggio 1898|1898-05-06
it|Roma, lì 20 settembre 1870|1870-09-20
it|Genova, addì 15 agosto 1892|1892-08-15
it|Torino, settembre 1920|1920-09
it|Torino, 5-9-1920|1920
it|15-8-1892|1892-08-15
it|25 aprile 1945|1945-04-25
it|25 Aprile '45|1945-04-25?
it|1° Maggio 1890|1890-05-01
it|I Maggio 1890|1890-05-01
it|Bologna, marzo '77|1977-03?
it|Autunno 1969|1969-23
it|dal 3 al 5 maggio 1898|1898-05-03/1898-05-05
es|Barcelona, 19 de julio de 1936|1936-07-19
es|Barcelona, a 19 de julio de 1936.|1936-07-19
es|Madrid, 18 julio 1936|1936-07-18
es|México, D. F., a 1º de enero de 1911|1911-01-01
es|San Luis Potosí, octubre 5 de 1910|1910-10-05
es|Ayala, noviembre 25 de 1911|1911-11-25
es|Buenos Aires, Mayo de 1909|1909-05
es|Buenos Aires, 1.° de Mayo de 1909|1909-05-01
es|Setiembre de 1936|1936-09
es|Lima, setiembre 1919|1919-09
es|Zaragoza, 1 al 10 de mayo de 1936|1936-05-01/1936-05-10
es|Año 1936|1936
es|A 2 de mayo de 1808|1808-05-02
es|Domingo, 19 de julio de 1936, a las 6 de la tarde|1936-07-19
pt|Lisboa, 5 de Outubro de 1910|1910-10-05
pt|Rio de Janeiro, 1.º de maio de 1919|1919-05-01
pt|São Paulo, julho de 1917|1917-07
pt|Porto, 31 de Janeiro de 1891.|1891-01-31
ca|Barcelona, 11 de setembre de 1714|1714-09-11
ca|Maig del 1937|1937-05
ca|Barcelona, 1er de maig de 1936|1936-05-01
nl|Amsterdam, den 1 Mei 1903|1903-05-01
nl|Amsterdam, 30 januari 1903|1903-01-30
nl|'s-Gravenhage, 12 November 1918|1918-11-12
nl|Amsterdam, 25 febr. 1941|1941-02-25
da|Kjøbenhavn, den 21de Marts 1848|1848-03-21
da|København, d. 1. Maj 1890|1890-05-01
no|Kristiania, 17de mai 1905|1905-05-17
sv|Stockholm den 4 augusti 1909|1909-08-04
sv|Stockholm d. 1 Maj 1890|1890-05-01
fi|Helsinki, 27. tammikuuta 1918|1918-01-27
pl|Kraków, dnia 22 lutego 1846 r.|1846-02-22
pl|Warszawa, 1 maja 1890|1890-05-01
pl|Warszawa, w styczniu 1905|1905-01
pl|Warszawa, 28 stycznia 1905 roku|1905-01-28
pl|Łódź, dn. 23 czerwca 1905 r.|1905-06-23
pl|Gdańsk, 31.08.1980 r.|1980-08-31
pl|1 Maja 1905|1905-05-01
cs|V Praze, dne 1. máje 1890|1890-05-01
cs|Praha, srpen 1968|1968-08
cs|Praha, 21. srpna 1968|1968-08-21
cs|Na Kladně dne 5. prosince 1920|1920-12-05
sk|V Bratislave dňa 30. októbra 1918|1918-10-30
sl|V Ljubljani, 29. oktobra 1918|1918-10-29
sl|Ljubljana, dne 1. maja 1941|1941-05-01
hr|Zagreb, 1. svibnja 1941.|1941-05-01
hu|Pest, 1848. márczius 15.|1848-03-15
hu|Pest, márczius 15-én 1848|1848-03-15
hu|Budapest, 1919 március 21|1919-03-21
hu|Budapest, 1919. márc. 21.|1919-03-21
ro|București, 1 Mai 1907|1907-05-01
ro|Iași, martie 1907|1907-03
ro|Bucureşti, 22 decembrie 1989|1989-12-22
ru|С.-Петербург, 9 января 1905 г.|1905-01-09
ru|Петербург, 8-го января 1905 г.|1905-01-08
ru|Москва, 7 декабря 1905 года.|1905-12-07
ru|Одесса, июнь 1905 г.|1905-06
ru|г. Иваново-Вознесенск, май 1905 г.|1905-05
ru|27-го февраля 1917 года|1917-02-27
ru|Кронштадт, 1 марта 1921 г.|1921-03-01
ru|Кронштадт, 8-го марта 1921|1921-03-08
ru|Апрель 1905|1905-04
ru|Февраль-март 1917 г.|1917-02/1917-03
uk|Львів, 1 листопада 1918 р.|1918-11-01
uk|У Києві, 20 листопада 1917 р.|1917-11-20
uk|Гуляйполе, 7 січня 1920 р.|1920-01-07
be|Менск, 25 сакавіка 1918 г.|1918-03-25
bg|София, 1 май 1903 г.|1903-05-01
bg|София, септември 1923|1923-09
sr|Београд, 27. марта 1941. године|1941-03-27
sr|Београд, јуна 1968.|1968-06
el|Ἀθῆναι, 3 Σεπτεμβρίου 1843|1843-09-03
el|Αθήνα, 17 του Νοέμβρη 1973|1973-11-17
tr|Ankara, 1 Mayıs 1923|1923-05-01
tr|16 Haziran 1970 Salı|1970-06-16
et|Tallinnas, 16. oktoobril 1905. a.|1905-10-16
et|Tallinn, 1. mail 1905|1905-05-01
lv|Rīgā, 1905. gada 13. janvārī|1905-01-13
lt|Vilnius, 1905 m. lapkričio 21 d.|1905-11-21
ja|明治四十年一月十五日|1907-01-15
ja|一九二二年七月十五日|1922-07-15
zh|中華民國八年五月四日|1919-05-04
zh|一九一九年五月四日|1919-05-04
zh|1989年4月26日|1989-04-26
ko|1919년 3월 1일|1919-03-01
fa|تهران، ۱۳۵۷/۱۱/۲۲|None
he|תל אביב, 1 במאי 1936|1936-05-01
yi|ווארשע, 1 מאי 1905|1905-05-01
eo|Parizo, 5 aŭgusto 1905|1905-08-05
hy|1918 մայիսի 28|1918-05-28
ka|1918 წლის 26 მაისი|1918-05-26
cy|Mehefin 1831|1831-06
ga|Baile Átha Cliath, Aibreán 1916|1916-04
id|Jakarta, 17 Agustus 1945|1945-08-17
id|Djakarta, hari 17 boelan 8 tahoen 05|None
hi|15 अगस्त 1947|1947-08-15
hr|U Zagrebu, 29. listopada 1918.|1918-10-29
en|Early 1968|1968
de|Anfang 1919|1919
fr|Tract distribué le 4 juin 1968|None
"""

NO_DATES = """
I. The year 1917 in Russia
II
1
12
No. 4
Vol. 3, No. 12
Chapter 3
Part Two 1848
Page 1917
pp. 14-18
14-18
12 1917 men
In 1917 the workers rose
The 1905 Revolution
1905 and After
May I speak
May Day
March on Washington
March 12 miles
We marched in May 1926 to the bridge
On the 3rd of May 1926 we struck
August 1914 and the Left
From February 1917 to October
October
In May
Second of May Street 1936
Section 3 May
April, June and 14 others
Sun 1936
Sat 12
Mon 3 May
1,905 men
1905 men and women
Room 1917
Tel. 1936
Price 3d.
Price 1936
3 May
1848!
Die 1848
A 1936
Am 3. Mai
Spring
Spring is here
Summer School
Winter Palace 1917
Fall 1
The Fall of 1917 was cold
Act V 1849
Article 14, 1936
XIV Congress 1925
VI Congress
VI 1936
MIX
MCMX
CIVIC
DIM
MILD
10 Downing Street 1936
1917 Street
Hunger 1932 33
Mai
1. Mai
Le 3
An II
Year II
l'an II
4 ventôse an II
Mars and Venus 1936
Juin 36 1936
Mayer 1936
Augustine 1936
Juno 1936
Julia 12, 1936
Decembrists 1825
Marseille 1936
Paris 1871
Kronstadt 1921
Barcelona 1937
Section 1. May 1936 and June
between 3 and 5 May
32 May 1936
31 June 1936
June 31, 1936
0 May 1936
May 1936 June
4 x 12
18/23
3.5
3.5 million
12:30
14 h 30
At 6 p.m. on Sunday
No. 12 1936
Issue 12 1936
Year 12, Issue 5
Circulation 1936 copies
1936-1937 was a bad season
The season 1984/85 report
1984-1984
1936-1914
99 Red Balloons 1983
1st International 1864
The First 1864
First 1864
Fourth 1938
Drei 1848
Zwei Mai
Le mai 1968 des ouvriers
Май и июнь
Товарищи! 1 мая на улицу
Le 1er mai, tous dans la rue
El 1 de mayo todos
To the men of 1926
Nos. 4-5
5 francs 1936
2 years 3 months 1936
A. May 1936
H. March, 1871
The Spring of 1968
The Fall, 1956
The march of 1936
Mai 68 et la suite
Our May 1968
Long live May 1st!
Es lebe der 1. Mai 1929!
Heraus zum 1. Mai 1929!
Remember the 5th of November, 1605
Die Märztage 1848
Rue du 4 septembre 1870
Via XX Settembre 1870
Strasse des 17. Juni 1953
Groupe du 22 mars 1968
Prague Spring 1968
Autunno caldo 1969
Summer of Love 1967
Paris, 3 barricades 1968
August Bebel 1913
The Law of 17 September 1793
Tract distribué le 4 juin 1968
Ref. 12/5/1936
"""


@pytest.mark.parametrize("row", PRINTED.strip().split("\n"))
def test_dates_in_many_languages(row: str) -> None:
    lang, printed, edtf = row.split("|")
    found = read_printed_date(printed, lang, TODAY)
    assert (found.edtf if found else "None") == edtf
    assert found is None or parse_date(found.edtf)


@pytest.mark.parametrize("line", NO_DATES.strip().split("\n"))
def test_prose_and_headings_with_numbers_are_no_dates(line: str) -> None:
    read = {lang: read_printed_date(line, lang, TODAY) for lang in ("en", "fr", "de", "es", "ru", "it", "pl")}
    assert {lang: found.edtf for lang, found in read.items() if found} == {}


@pytest.mark.parametrize(
    ("printed", "lang", "remark"),
    [
        ("early May 1919", "en", "part"),
        ("mid-1968", "en", "part"),
        ("Anfang Mai 1919", "de", "part"),
        ("11/24 January 1905", "en", "new style"),
        ("25 октября (7 ноября) 1917 г.", "ru", "new style"),
        ("3-V-36", "en", "two figures"),
        ("Friday 3 May 1936", "en", "weekday"),
        ("昭和11年5月3日", "ja", "era"),
    ],
)
def test_what_is_not_exactly_as_printed_is_to_be_reviewed(printed: str, lang: str, remark: str) -> None:
    found = read_printed_date(printed, lang, TODAY)
    assert found is not None
    assert found.confidence is Confidence.REVIEW
    assert remark in found.remark


@pytest.mark.parametrize(
    "behind", [", 14 h.", " à 14 h 30", " um 18 Uhr", ", 6 p.m.", " at 7.30 o'clock", ", 18:30", " at noon"]
)
def test_an_hour_behind_a_date_is_passed_over(behind: str) -> None:
    for lang in ("en", "fr", "de"):
        found = read_printed_date(f"3 May 1936{behind}", lang, TODAY)
        assert found is not None
        assert found.edtf == "1936-05-03"


@pytest.mark.parametrize(
    ("line", "lang", "edtf"),
    [
        ("No. 4   May 1926   Price 1d.", "en", "1926-05"),
        ("Vol. II, No. 4. — May, 1926. — One Penny", "en", "1926-05"),
        ("N° 12 — Mai 1906 — Prix : 5 centimes", "fr", "1906-05"),
        ("Nr. 4. Mai 1926. Preis 10 Pf.", "de", "1926-05"),
        ("Año II. Núm. 14. Barcelona, 3 de mayo de 1936. Precio: 10 cts.", "es", "1936-05-03"),
        ("№ 7. Петроград, 25 октября 1917 г. Цена 5 коп.", "ru", "1917-10-25"),
        ("Anno III - N. 5 - 1 maggio 1921 - Prezzo 10 cent.", "it", "1921-05-01"),
        ("Nr 3   maj 1936   cena 5 gr", "pl", "1936-05"),
        ("No. 4", "en", None),
        ("No. 4 of the rules of May 1926 was read to all of us", "en", "1926-05"),
        ("The price of bread rose on 3 May 1926 to 4d.", "en", None),
        ("Nobody, no. 12 said in May, was at home", "en", None),
    ],
)
def test_the_line_of_an_issue_has_its_date(line: str, lang: str, edtf: str | None) -> None:
    found = read_issue_line(line, lang, TODAY)
    assert (found and found.edtf) == edtf


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("London: Printed for J. Smith, 1793", "1793"),
        ("Imprimerie du Peuple, mai 1906", "1906-05"),
        ("Gedruckt bei Karl Berg, 1848", "1848"),
        ("Printed in 1793 and again in 1795", None),
        ("He printed nothing", None),
    ],
)
def test_a_printer_s_line_has_the_date(line: str, edtf: str | None) -> None:
    found = read_imprint(line, "en", TODAY)
    assert (found and found.edtf) == edtf


@pytest.mark.parametrize(
    ("line", "lang", "edtf"),
    [
        ("Tract distribué le 4 juin 1968 au matin", "fr", "1968-06-04"),
        ("Leaflet of 3 May 1936, handed out at noon", "en", "1936-05-03"),
        ("Flugblatt vom 9. November 1918", "de", "1918-11-09"),
        ("Листовка от 1 мая 1905 г. к рабочим", "ru", "1905-05-01"),
        ("From 3 May 1926 to 12 May 1926 and back", "en", "1926-05-03/1926-05-12"),
        ("The year 1926", "en", None),
    ],
)
def test_a_date_among_other_words(line: str, lang: str, edtf: str | None) -> None:
    found = find_date_within(line, lang, TODAY)
    assert (found and found.edtf) == edtf


@pytest.mark.parametrize(
    "line",
    [
        "Release Date: July 4, 1994 [EBook #61]",
        "The Etext of a Tale",
        "Copyright 1998 by the Archive",
        "Posted online May 2001",
        "Digitised in March 2003",
        "This e-text was transcribed by hand",
        "Mis en ligne le 3 mai 2004",
        "HTML markup: Ann Dunn, 1999",
    ],
)
def test_lines_of_electronic_copies(line: str) -> None:
    assert is_electronic(line, "1994")
    assert not is_electronic(line, "1905")


@pytest.mark.parametrize("line", ["5 ventôse an II", "An II", "Year III", "vingt-quatre octobre"])
def test_what_may_be_a_date_is_asked_about(line: str) -> None:
    assert read_printed_date(line, "fr", TODAY) is None
    assert may_be_date(line, "fr")


@pytest.mark.parametrize(
    ("line", "lang", "place"),
    [
        ("Dated at Boston, the 5th of March, 1770", "en", "Boston"),
        ("Delivered at Halifax, 4 May 1842", "en", "Halifax"),
        ("Fait à Paris, le 26 août 1789", "fr", "Paris"),
        ("Rio de Janeiro, 1.º de maio de 1919", "pt", "Rio de Janeiro"),
        ("’s-Gravenhage, 12 November 1918", "nl", "’s-Gravenhage"),
        ("תל אביב, 1 במאי 1936", "he", "תל אביב"),
        ("القاهرة، ٢٥ يناير ٢٠١١", "ar", "القاهرة"),
        ("Frankfurt a. M., den 1. April 1848", "de", "Frankfurt a. M."),
        ("V Praze, dne 1. máje 1890", "cs", ""),
        ("U Zagrebu, 29. listopada 1918.", "hr", ""),
        ("У Києві, 20 листопада 1917 р.", "uk", ""),
    ],
)
def test_the_place_is_named_without_the_word_before_it(line: str, lang: str, place: str) -> None:
    found = read_printed_date(line, lang, TODAY)
    assert found is not None
    assert found.place == place
