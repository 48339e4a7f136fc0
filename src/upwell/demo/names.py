"""First and last names for the people of each office. They are combined at random."""

FIRST = {
    "London": (
        "Amelia, Oliver, Isla, George, Freya, Harry, Poppy, Alfie, Imogen, Callum, Rhiannon, "
        "Gareth, Niamh, Ewan, Priya, Arjun, Zainab, Idris, Chidi, Folake, Kasia, Tomasz, "
        "Beatrice, Hugo, Maya"
    ),
    "New York": (
        "Olivia, Noah, Ava, Elijah, Sofia, Mateo, Naomi, Isaiah, Hannah, Ethan, Imani, "
        "Malik, Rachel, Aaron, Camila, Diego, Mei, Kevin, Aaliyah, Jamal, Grace, Lucas, "
        "Talia, Omar, Zoe"
    ),
    "Bengaluru": (
        "Aarav, Ananya, Vihaan, Diya, Aditya, Kavya, Rohan, Meera, Karthik, Lakshmi, Nikhil, "
        "Shreya, Farhan, Ayesha, Sanjay, Deepa, Harish, Nandini, Vikram, Pooja, Gurpreet, "
        "Anjali, Ravi, Leela"
    ),
    "Chicago": (
        "Emma, Liam, Madison, Jackson, Lucia, Javier, Destiny, Marcus, Agnieszka, Piotr, "
        "Claire, Brandon, Tiana, Andre, Molly, Patrick, Guadalupe, Hector, Jasmine, Tyler, "
        "Nora, Caleb, Ruth"
    ),
    "Berlin": (
        "Lena, Jonas, Mia, Felix, Hannelore, Jürgen, Leonie, Moritz, Aylin, Emre, Katharina, "
        "Sören, Elif, Can, Johanna, Matthias, Greta, Anton, Nele, Björn, Frieda, Oskar, "
        "Yara, Rashid"
    ),
    "Toronto": (
        "Charlotte, William, Élodie, Mathieu, Harpreet, Simran, Wei, Xinyi, Amara, Kwame, "
        "Abigail, Nathan, Geneviève, Étienne, Anika, Dev, Sakura, Kenji, Leah, Owen, Nadia, "
        "Tariq, Skye, Dylan"
    ),
    "Singapore": (
        "Jia Hui, Wei Jie, Mei Ling, Jun Hao, Siti, Faizal, Nurul, Hafiz, Kavitha, Suresh, "
        "Li Ting, Zhi Wei, Aisyah, Irfan, Divya, Ganesh, Xin Yi, Kai Wen, Farah, Azlan, "
        "Hui Min, Jing Wen"
    ),
    "Madrid": (
        "Lucía, Hugo, Martina, Pablo, Carmen, Álvaro, Paula, Javier, Inés, Sergio, Marta, "
        "Iñigo, Elena, Rubén, Nuria, Óscar, Alba, Gonzalo, Rocío, Jordi, Montserrat, Andrés, "
        "Noelia, Iker"
    ),
    "Nairobi": (
        "Wanjiru, Kamau, Achieng, Otieno, Njeri, Mwangi, Amina, Hassan, Nyambura, Kiprono, "
        "Atieno, Barasa, Halima, Juma, Cherono, Kiptoo, Makena, Mutua, Zawadi, Baraka, "
        "Wairimu, Ochieng"
    ),
}
LAST = {
    "London": (
        "Ashworth, Bennett, Clarke, Davies, Evans, Fletcher, Griffiths, Hughes, Iqbal, "
        "Jenkins, Khan, Lewis, Morgan, Nowak, Okafor, Patel, Quinn, Roberts, Sharma, "
        "Thornton, Adeyemi, Walsh, Young"
    ),
    "New York": (
        "Adler, Baptiste, Chen, Diaz, Edwards, Friedman, Goldberg, Hernandez, Jackson, Kim, "
        "Lopez, Mitchell, Nguyen, Ortiz, Parker, Ramirez, Rossi, Sullivan, Turner, Vargas, "
        "Williams, Zhang"
    ),
    "Bengaluru": (
        "Acharya, Bhat, Chandra, Desai, Gowda, Hegde, Iyer, Joshi, Kulkarni, Menon, Nair, "
        "Pillai, Rao, Reddy, Sen, Shetty, Singh, Srinivasan, Varma, Fernandes, Hussain, "
        "Banerjee, Prasad, Murthy"
    ),
    "Chicago": (
        "Anderson, Brooks, Carter, Dombrowski, Flores, Garcia, Hayes, Jankowski, Kowalczyk, "
        "Martinez, Murphy, Novak, O'Brien, Peterson, Reyes, Robinson, Santos, Schmidt, "
        "Torres, Washington, Wright"
    ),
    "Berlin": (
        "Albrecht, Becker, Brandt, Demir, Engel, Fischer, Hoffmann, Jäger, Kaya, Keller, "
        "Krüger, Lange, Möller, Neumann, Öztürk, Richter, Schäfer, Sommer, Vogel, Weiß, "
        "Yılmaz, Ziegler, Haddad"
    ),
    "Toronto": (
        "Bouchard, Campbell, Chan, Dhillon, Fraser, Gagnon, Gill, Ito, Lavoie, Li, "
        "MacDonald, Mensah, Nakamura, Osei, Pelletier, Sandhu, Stewart, Tremblay, Wang, "
        "Wong, Rahman, Beaulieu, Grant"
    ),
    "Singapore": (
        "Ang, Chua, Goh, Ho, Koh, Lee, Lim, Loh, Neo, Ng, Ong, Seah, Sim, Tan, Teo, Toh, "
        "Kwek, Yeo, Rahim, Ismail, Abdullah, Krishnan, Pillay, Subramaniam"
    ),
    "Madrid": (
        "Aguilar, Blanco, Castro, Domínguez, Echeverría, Fernández, Gallego, Herrera, "
        "Ibáñez, Jiménez, León, Martín, Navarro, Ortega, Peña, Ramos, Sáez, Torres, Urrutia, "
        "Vidal, Zamora, Núñez"
    ),
    "Nairobi": (
        "Abdi, Chebet, Gathoni, Karanja, Kariuki, Kimani, Kipchoge, Maina, Muthoni, Ndungu, "
        "Njoroge, Obuya, Odhiambo, Omondi, Onyango, Rotich, Wafula, Wambui, Wekesa, Yusuf, "
        "Mugo, Owino"
    ),
}


def split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(","))


FIRST_NAMES = {office: split(names) for office, names in FIRST.items()}
LAST_NAMES = {office: split(names) for office, names in LAST.items()}
